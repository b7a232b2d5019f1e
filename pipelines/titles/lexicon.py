"""Which letter stands for which word: the vocabulary of the grammar of titles, of our own words and of the data files.

N unknown name   P part of a known name   I initial   A form of address   p particle (von)
O office   Q office that is held somewhere (Ambassador)   M word before an office (Deputy)   J adjective of a state   S state   U capital
B kind of body   E body that is somewhere (Embassy)   F body that is sent (Delegation)   R body by its abbreviation   C other word with a capital
K kind of document   H kind that records   V conversation   G meeting   L session   X treaty   Z speech   Y biography   W interview   D diary
f from  t to  w with  b between  v via  y by  o of  n on  c concerning  i in  r for  & and  d the  a a  g regard (with regard to)
m moved (from a place)  l Roman numeral  k Republic  q containing (a message)  h held (by)  j sent  z edited (by)  s possessive  x other   1 figures  T date  # number   and marks as they are
"""

import re
from collections.abc import Mapping

from pipelines.titles.tokens import DATE, NUMBER
from pipelines.titles.vocabulary import words_of

CUES = {
    "f": "from", "t": "to", "w": "with", "b": "between among amongst", "v": "via through", "y": "by", "o": "of", "n": "on",
    "c": "about regarding concerning re subject", "i": "in at near inside aboard", "r": "for", "&": "and", "d": "the",
    "a": "a an this these", "u": "arrest trial death execution stay arrival departure funeral illness release visit role views case whereabouts",
    "e": "occasion board behalf",
    "g": "respect regard regards reference relation",
    "q": "containing conveying transmitting forwarding enclosing relaying passing including",
    "h": "held conducted led headed chaired", "z": "delivered conveyed transmitted edited translated requested approved published obtained intercepted introduced annotated cleared seen",
    "m": "withdraw withdrawn shipped transported evacuated exported imported deported repatriated flown smuggled expelled travel travelled traveled travelling traveling",
    "l": "I II III IV VI VII VIII IX XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI XXII XXIII XXIV XXV",
    "k": "republic republics kingdom",
    "p": "von van de der den di da del della la le du dos al el bin ibn ben ter ten y zu",
    "j": "sent addressed handed given presented submitted directed",
    "x": "his her its their our your my during after before under against towards toward since until till into over without within as upon or but not is are was were "
    "inviting requesting demanding informing proposing thanking congratulating accepting rejecting approving authorizing announcing condemning protesting appealing expressing explaining summarizing describing outlining reporting asking urging offering calling warning confirming instructing denying criticizing recommending declining acknowledging answering assuring welcoming supporting opposing declaring "
    "establish convene create provide accept reject begin organize invite increase strengthen sell join resume ratify prevent improve expand build conduct expel defend combat "
    "appoint dismiss permit allow ensure assist prepare publish discuss consider examine adopt approve recognize restore reduce eliminate maintain continue terminate cease "
    "suspend abolish dissolve liquidate relocate send "
    "what how why when where who which that than if then so up off out it he she they we i do does did has have had be been must should "
    "will would can could may against amid following vs per onto across beyond along behind around",
}  # fmt: skip
OFFICES = words_of(
    "President Chairman Chairwoman Chairperson Premier Minister Ministers Chancellor Secretary Secretaries Commissar Commissioner Governor Mayor King Queen "
    "Prince Princess Emperor Empress Shah Sultan Sheikh Emir Pope Cardinal Archbishop Bishop Marshal Marshall-General Generalissimo Colonel Captain "
    "Major Lieutenant Admiral Commander Commanders Commander-in-Chief Commandant Director Head Chief Member Members Delegate Delegates Senator Congressman "
    "Speaker Adviser Advisor Advisers Advisors Counselor Counsellor Councillor Counselors Judge Professor Leader Editor Correspondent Negotiator Coordinator "
    "Undersecretary Under-Secretary Vice-Chairman Vice-President Vice-Premier Vice-Minister Secretary-General Director-General Governor-General General Generals Admirals "
    "Officer Inspector Rector Prosecutor Comptroller Plenipotentiary Regent Ayatollah Imam Officials "
    "Leaders Chairmen Presidents Deputy-Chairman Brigadier Sergeant Lt. Gen. Col. Maj. Capt. Amb. Sec. Aide Spokesman Interpreter"
)
ENVOYS = words_of(
    "Ambassador Ambassadors Consuls Representatives Attaches Attachés Consul Consul-General Chargé Charge Envoy Representative Attaché Attache Resident Ministre Legate Nuncio Emissary "
    "ambassador consul chargé envoy representative attaché Ambassador-at-Large"
)
SMALL_OFFICES = words_of("minister president chairman premier chancellor secretary king emperor")
MODIFIERS = words_of(
    "Deputy Vice Acting First Second Third Fourth Prime Foreign Defense Defence Permanent Extraordinary Special Former Senior Junior Chief-of-Staff Assistant "
    "Honorary Executive Military Naval Air Political Associate Principal Personal Interim Provisional Interior Finance "
    "State-Secretary Trade Commercial Cultural Press Provincial Regional Central National Federal Supreme Temporary High d'Affaires d’Affaires Party-Secretary Under Joint deputy foreign prime first "
    "Private Scientific Economic Crown Grand Party-State"
)
BODIES = words_of(
    "Committee Commission Committees Ministry Ministries Government Party Politburo Presidium Secretariat Council Bureau Department Directorate Division Section Agency Army Forces Force "
    "Assembly Parliament Senate Staff Service Union League Front Federation Confederation Association Institute Academy Bank Board Organization Organisation Command "
    "Administration Office Company Corporation Cabinet Group Headquarters Fleet Navy Guard Guards Soviet-of-Ministers University Collegium Kremlin "
    "Subcommittee Authority Court Police Center Centre Branch Leadership Editorial-Board Corps Secretariats Chancellery Chancery Treasury Regiment Comintern "
    "Cominform Stavka Comecon Bundestag Volkskammer Duma Foundation Society Editors Pool Junta Movement Regency Plenipotentiaries Panel Directorates Brigade Laboratory Institution Ministerium "
    "Politbureau Commissariat Commissariats Inspectorate Procuracy Sejm Knesset Majlis Rada Station Stations Brigades Tribunal Church Congregation Pentagon Institut Team government ministry"
)
PLACED_BODIES = words_of(
    "Embassy Embassies Legation Consulate Consulate-General Residency Rezidentura Residentura embassy legation"
)
SENT_BODIES = words_of("Mission Missions Delegation Delegations delegation")
# Forms of address, and words for persons that are no office (the Dissident Andrei Sakharov).
ADDRESSES = words_of(
    "Citizen Dissident Activist Poet Physicist Writer Engineer Scientist Worker Comrade Comrades Cde Cde. Cdes Cdes. Com. Coms. Messrs Messrs. Mr Mr. Mrs Mrs. Ms Ms. Dr Dr. Sir Lady Madame Madam Mme Monsieur Señor Herr comrade comrades cde cde."
)
COMMON = words_of(
    "Venona Cypher Cyphered Backchannel Africa Asia Europe African Asian European Afro-Asian Pacific Atlantic Mediterranean Speaking Briefing Bargaining Planning Reporting Running Negotiating Covering Welcoming Supporting Scoping Guiding Standing Visiting Leading Ruling Growing Existing Remaining Continuing Opening Closing Concluding Introductory Talking Duty Anonymous Reactionary Clique Plot Affairs Situation Position Question Questions Problem Problems Issue Issues Relations Visit Visits Trip Dissidents Activists Associates Aides Companions Entourage Colleagues Comrades-in-Arms Journey War Wars Crisis Conflict Peace Talks-on Policy Policies "
    "People Peoples People's People’s Workers Workers' Workers’ Peasants Women Women's Women’s Men's Men’s Children's Children’s Youth Students Soldiers Troops Tanks Aircraft Weapons Weapon Missile Missiles Arms Bomb Bombs "
    "Nuclear Atomic Hydrogen Energy Economic Political Military Social Cultural Scientific Technical Technological Secret Top Urgent Personal Confidential Ciphered Coded Encrypted Encoded Deciphered Cipher "
    "Draft Excerpt Excerpts Extract Extracts Text Copy Translation Untitled Handwritten Unsigned Undated Material Materials Attachment Annex Appendix Enclosure Part Page "
    "Official Joint Common General-Line Background Final Preliminary Revised Corrected Additional Weekly Daily Monthly Annual Quarterly Early Late New Old Great Big Small Little Long Short Important "
    "International Internal External Domestic Foreign-Policy Public Private-Talks Brief Detailed Full Partial Working Work Information-Exchange Activity Activities Action Actions Measures Measure Step Steps "
    "Development Developments Cooperation Co-operation Collaboration Aid Assistance Help Support Supply Supplies Delivery Deliveries Loan Credit Credits Trade-Relations Commerce Economy Economics Industry Agriculture "
    "Education Culture Science Technology Health Defense-of Security Intelligence Counterintelligence Interior Transport Transportation Communications-Ministry Finance-of Finances Construction Planning Statistics-of "
    "Party-Congress Congress Congresses Conference Conferences Plenums Summit Symposium Anniversary Celebration Ceremony Funeral Death Birth Birthday Arrest Trial Execution Release Return Arrival Departure "
    "Withdrawal Dispatch-of Invasion Intervention Aggression Attack Offensive Uprising Revolution Rebellion Coup Revolt Riots Unrest Strike Strikes Demonstration Demonstrations Incident Incidents Clash Clashes Border Borders "
    "Frontier Territory Territorial Island Islands Strait Straits Sea Seas Ocean River Rivers Railway Port City Province Region Regions Area Zone Line Parallel Peninsula Canal Square Wall Bridge "
    "North South East West Northern Southern Eastern Western Central-Asian Middle Near Far Upper Lower Outer Inner World Cold Third-World Communist Communists Socialist Socialists Capitalist Imperialist Imperialists Democratic Popular "
    "Revolutionary Liberation Independence Independent Unity Friendship Friendly Alliance Brotherly Fraternal Brother Brothers Sister Mother Father Son Wife Family Friends Friend Comradely Enemies Enemy Citizens "
    "Countries Country States-of Nations Nation Parties Bloc Camp Side Sides Powers Power Four-Power Six Five Four Three Two One Seven Eight Nine Ten Sixty-four Hundred Thousand Million Several Some Certain Various Other Others Each Every "
    "Proposed Possible Future Current Present Recent Forthcoming Upcoming Planned Alleged Further More Most Less Only Also Very "
    "Establishment Creation Formation Organization-of Implementation Preparation Preparations Participation Negotiation-of Consideration Evaluation-of Examination Discussion-of Execution-of Exchange Handover Transfer Transit Sending "
    "Use Role Views View Opinion Opinions Attitude Approach Reaction Reactions Response-to Effect Effects Impact Results Result Outcome Cause Causes Reasons Reason Significance Importance Prospects Prospect Possibility Possibilities Necessity Need Needs "
    "Request Requests Demand Demands Complaint Complaints Concern Concerns Questions-of Criticism Critique Attack-on Protest Protests Warning Threat Threats Struggle Campaign Propaganda Ideology Ideological Line-of "
    "Objectives Objective Aims Aim Goals Goal Tasks Task Courses Course Strategy Tactics Strategic Tactical Principle Principles Rules Law-of Rights Right Human Freedom Religion Religious Nationality Nationalities Minority Minorities Ethnic "
    "Refugees Refugee Prisoners Prisoner Prisoners-of-War Hostages Pilots Pilot Experts Expert Specialists Advisers-on Personnel Cadres Cadre Ships Ship Submarine Submarines Planes Plane Flights Flight Air-Force Exercise Exercises Test Tests Testing Ban "
    "Treaty-of Non-Proliferation Nonproliferation Disarmament Safeguards Reactor Reactors Uranium Plutonium Oil Gas Grain Coal Steel Rubber Rice Food Goods Products Prices Price Payment Payments Debt Costs "
    "Subject Subjects Topic Topics Theme Theses-on Thoughts Words Word Remarks-on Memories Recollection Impressions Observations Comments Comment Considerations Conclusions-of Suggestions-for Ideas Idea Thought History Historical Story Lessons Lesson "
    "Stenographic Verbatim Shorthand Telephone Oral Verbal Written Open Closed Enlarged Extended Extraordinary-Session Plenary Regular Emergency Consultative Preparatory Meeting-of Luncheon Dinner Lunch Banquet Breakfast Reception-for Evening Morning Afternoon Night Day Days "
    "Week Month Year Years Period Time Times Operation Operations Origins Origin Beginning End Ending Events Event State States United Staff-of Status Number Numbers Version Volume Chapter Item Items Point Measures-to "
    "Phone Phoned Hotline Fragment Fragments Fragmentary Incomplete Illegible Redacted Sanitized Declassified Abridged Unabridged Missing Name Names All all Yellow Orange Grey Gray Pink Purple Steering "
    "Gratitude Sympathy Credence Intent Thanks Greetings Condolence Guarantee Transmittal Understanding Loyalty Agrément Apology Apologies Farewells Bilateral Trilateral Multilateral Quadripartite Tripartite "
    "Holders Research Sport Sports Welfare Labor Labour Forestry Mines Railways Tourism Environment Housing Posts Telegraph Telegraphs Fuel Metallurgy Machine Building Insurance Content Contents Main Contact Contacts Guests Guest Tour Itinerary Seating Schedule Agenda Cover "
    "Please Convey Our Condolences Greetings-to Congratulatory Delivered Farewell Welcome Thank Thanks Memory Memorial Home House White Red Black Blue Green Bolshoi Theatre Theater Hotel Airport Palace Hall Hospital School Colleges College Factory Plant Camp-of Prison "
    "Editorial Newspaper Press Radio Television Media Broadcast Broadcasts Book Books Journalists Writers Artists Intellectuals Scientists Engineers Farmers Dockside "
    "Continued Continuation Including Related Relating Pertaining Subject-to Titled Entitled Received Prepared Recorded Written Signed Compiled Taken Attended Dictated Drafted Authored Made "
    "Transition Reform Reforms Perestroika Glasnost Détente Detente Coexistence Normalization Reunification Unification Division-of Elections Election Vote Voting Amendment Amendments Constitution-of Nomination Appointment Dismissal Removal Replacement "
    "Exploitation Mining Hydropower Electricity Fishing Fisheries Timber Wheat Herring Salt Cotton Sugar Merchant Sailors Observers Terms Conditions Recognition Purchase Sale Lease Shipment Shipments Training Equipment Ammunition Artillery Infantry Cavalry "
    "Anti-American Anti-Soviet Sino-Soviet Soviet-American Pro-Chinese Cross-Strait Inter-Korean Intra-German Delegates-of Executive-of Committee-for Sensitive Special-Folder Top-Secret Provincial-Secretaries "
    "Reading Debate Debates Hearing Hearings Inquiry Investigation Findings Evidence Proof Facts Fact Figures Data Estimates-of Forecast Trends Trend Outlook Expansion Growth Decline Collapse Fall Rise Change Changes Success Failure Victory Defeat Losses Casualties Damage"
)
# Cities and regions that are no capitals: they stand for somebody as capitals do, and are nobody's name.
CITIES = words_of(
    "Leningrad Stalingrad Shanghai Geneva Yalta Potsdam Munich Leipzig Dresden Odessa Latakia Harbin Shenyang Mukden Dalian Dairen Panmunjom Kaesong Wonsan Busan Pusan Hamhung "
    "Nanjing Nanking Chongqing Chungking Guangzhou Canton Tianjin Tientsin Wuhan Hangzhou Urumqi Lhasa Bandung Simla Tashkent Dushanbe Saigon Haiphong Danang Bombay Calcutta "
    "Madras Karachi Lahore Dhaka Dacca Istanbul Trieste Zürich Gdańsk Gdansk Poznań Poznan Kraków Szczecin Brno Bratislava Constantinople Tabriz Isfahan Mosul Basra Aleppo Haifa Alexandria "
    "Marseille Lyon Hamburg Frankfurt Königsberg Kaliningrad Vladivostok Khabarovsk Irkutsk Sevastopol Sochi Archangel Murmansk Arkhangelsk Rangoon Mandalay Chiang-Mai Surabaya Osaka Hiroshima "
    "Nagasaki Yokohama Okinawa Quemoy Matsu Jinmen Mazu Dimona Semipalatinsk Yongbyon Baikonur Elisabethville Katanga Benghazi Cabinda Vladivostock Reykjavik Montreal Toronto Chicago Panjsher Kandahar Herat"
)
CITIES_OF_TWO_WORDS = (
    "Hong Kong", "New York", "San Francisco", "Los Angeles", "Port Arthur", "Camp David", "Cape Canaveral", "Da Nang", "Abu Musa",
    "Sao Paulo", "São Paulo", "Tel Aviv", "Port Said",
)  # fmt: skip
# A word with one of these endings is no name.
_ENDINGS = re.compile(
    r"(?:tions?|sions?|[io]cal|onal|ments|ships?|ities|isms?|(?<!v)ists?|(?<![mehri])ed|ives|ically|ology|ological|ization|isation|izing|ities|ness|graphs?|ances|encies|ancy|ically)$"
)
_SHORTEST_WITH_AN_ENDING = 6
_SHORTEST_PARTICIPLE = 6
_SHORTEST_FAMILY = 5
_PREFIXES = words_of("non anti pro post pre co re semi counter inter intra multi trans pan all cross mid self")
_MARKS = {
    **{mark: mark for mark in ",;:()[]/&"},
    "-": "-",
    "–": "-",
    "—": "-",
    "'s": "s",
    "’s": "s",
    "+": "&",
    "|": ",",
    **dict.fromkeys("'‘’\"“”«»„`", '"'),
}
_INITIALS = 4
_ORDINAL = ("st", "nd", "rd", "th")
GENRE_LETTERS = {
    "treaty": "X",
    "speech": "Z",
    "interview": "W",
    "diary_entry": "D",
    "minutes": "H",
    "note": "H",
    "memorandum": "H",
    "protocol": "H",
    "summary": "H",
}
CONVERSATIONS = words_of(
    "conversation conversations talk talks discussion discussions negotiation negotiations consultation consultations reception call "
    "memcon memcons telcon telcons"
)
MEETINGS = words_of("meeting meetings")
SESSIONS = words_of("session sessions plenum plenary sitting sittings plenums")
RECORDINGS = words_of("record records account")
BIOGRAPHIES = words_of("biography biographies obituary photograph photographs photo photos portrait portraits")
DIARIES = words_of("entry entries")
MORE_KINDS = words_of(
    "document documents ciphergram ciphergrams recollections recollection reminiscences paper papers release verbale circular bulletin points commentary"
)


class Letters(dict[str, str]):
    """The letter of each word, worked out when it is first met, from the words that are known and from nothing met before."""

    def __init__(self, known: Mapping[str, str]) -> None:
        """Take the words that are known."""
        super().__init__(known)
        self._known = dict(known)

    def __missing__(self, piece: str) -> str:
        word = piece.rstrip()
        letter = self._known.get(word) or self._letter(word)
        if len(self) < _MOST_REMEMBERED:
            self[piece] = letter
        return letter

    def _letter(self, word: str) -> str:
        if not word[:1].isalpha() or any(map(str.isdigit, word)):
            return _letter_of_figures(word)
        small = self._known.get(word.lower(), "") if not word.islower() else ""
        if small and small in _SAME_IN_CAPITALS:
            return small
        if word[-1] == ".":
            return "I" if len(word) <= _INITIALS and word[0].isupper() else "x"
        if "-" in word:
            return self._letter_of_parts(word)
        is_common = len(word) >= _SHORTEST_WITH_AN_ENDING and not word.isupper() and _ENDINGS.search(word)
        return "x" if word.islower() else "C" if is_common else "N"

    def _letter_of_parts(self, word: str) -> str:
        """Il-sung is a name; Vice-Minister is what Minister is; Non-Proliferation and Sixty-four are words."""
        first, last = word.split("-", maxsplit=1)[0], word.rsplit("-", 1)[-1]
        known = self._known.get(last) or self._known.get(last.capitalize())
        if (
            last.islower() and last.endswith("ed") and len(last) >= _SHORTEST_PARTICIPLE
        ):  # Hand-delivered, Soviet-backed
            return "C"
        if (
            known == self._known.get(first) == "P" and min(len(first), len(last)) >= _SHORTEST_FAMILY
        ):  # Kissinger-Dobrynin
            return "C"
        if known in {"O", "Q", "J"} and first.lower() not in _PREFIXES:
            return known
        if first.lower() in _PREFIXES or known in {"C", "B", "M"} or self._known.get(first) in {"C", "J", "S"}:
            return "C"
        return "x" if word.islower() else "N"


def _letter_of_figures(word: str) -> str:
    """The letter of a mark, of figures, or of what stands for a date or number that was read."""
    if word[:1] in _READ:
        return _READ[word[0]]
    if any(map(str.isdigit, word)):
        return "M" if word.endswith(_ORDINAL) else "1"
    return _MARKS.get(word, ".")


_READ = {DATE: "T", NUMBER: "#"}
_MOST_REMEMBERED = 1 << 17
_SAME_IN_CAPITALS = frozenset("eftwbvyoncir&dagqhjzuxmkKHVGLXZYWD")


def base_letters() -> dict[str, str]:
    """The letters of the words that no data file holds."""
    letters: dict[str, str] = {}
    for letter, words in (
        ("C", COMMON), ("M", MODIFIERS), ("B", BODIES), ("E", PLACED_BODIES), ("F", SENT_BODIES), ("O", OFFICES | SMALL_OFFICES), ("Q", ENVOYS), ("A", ADDRESSES),
        ("V", CONVERSATIONS), ("G", MEETINGS), ("L", SESSIONS), ("H", RECORDINGS), ("Y", BIOGRAPHIES), ("D", DIARIES), ("K", MORE_KINDS),
    ):  # fmt: skip
        letters.update(dict.fromkeys(words, letter))
    for letter, cue in CUES.items():
        letters.update(dict.fromkeys(words_of(cue), letter))
    letters.update(dict.fromkeys((word.capitalize() for word in CUES["u"].split()), "u"))
    return letters


# Pairs of words that have another letter together than apart: North Korea, East German, Warsaw Pact; the first with its space.
Pairs = dict[tuple[str, str], str]


class Lexicon:
    """Letters of words and of pairs of words."""

    def __init__(self, letters: Letters, pairs: Pairs) -> None:
        self.letters = letters
        self.pairs = pairs
        self.first_words = frozenset(first for first, _ in pairs)
