from hypothesis import settings

settings.register_profile("addresses", deadline=None)  # a busy machine is no fault of the code
settings.load_profile("addresses")
