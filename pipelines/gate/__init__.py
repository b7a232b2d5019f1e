"""The quality gate: how much may be refused, lost or left open before a person must look at a release that is to be published."""
