"""The table of doors: who opens which address, by letter (see scenery.PEOPLE).

o h officer and head of 63.01 - O H of 63.02 - p provincial officer - g gate checker - r reviewer
c coordinator - d head of the provincial office - a admin - b planning agency - v observer

A row says who is answered; everybody else finds the door shut (404, or 403 where everybody may know
that the page exists). ``get`` is the answer to reading, None where an address only takes POST.
``post`` says who is answered when sending an empty form; "" where an address is only read.
A stranger is led to the log-in, unless the door is open to all.

Room authors: add a row for every new address name; a second look at the same address, at another
row of the scenery, is named "room:view#look".
"""

from dataclasses import dataclass

OFFICES = "ohOHp"
REVIEW = "grcd"
PROVINCE = REVIEW + "a"
READERS = PROVINCE + "b"
ALL = OFFICES + READERS + "v"


@dataclass(frozen=True)
class Door:
    """One address: who reads it, who sends to it, and the row of the scenery it names."""

    reads: str
    at: str = ""
    sends: str = ""
    get: int | None = 200
    shut: int = 404
    stranger: int | None = None


def only_sends(sends, at="", **kinds):
    """Return a door that takes POST alone."""
    return Door("", at, sends, get=None, **kinds)


ACCOUNT = {
    "healthz": Door(ALL, stranger=200),
    "readyz": Door(ALL, stranger=200),
    "account_login": Door(ALL, sends=ALL, get=302, stranger=200),
    "account_logout": Door(ALL, sends=ALL, stranger=302),
    "account_profile": Door(ALL, sends=ALL),
    "account_signup": Door(ALL, sends=ALL, get=302, stranger=200),
    "account_inactive": Door(ALL, stranger=200),
    "account_reauthenticate": Door(ALL, sends=ALL),
    "account_change_password": Door(ALL, sends=ALL),
    "account_set_password": Door(ALL, sends=ALL, get=302),
    "account_reset_password": Door(ALL, sends=ALL, stranger=200),
    "account_reset_password_done": Door(ALL, stranger=200),
    "account_reset_password_from_key": Door(ALL, "x x", ALL, stranger=200),
    "account_reset_password_from_key_done": Door(ALL, stranger=200),
    "theme": only_sends(ALL, stranger=302),
    "language": only_sends(ALL, stranger=302),
}

HOME = {
    "home:home": Door(OFFICES + READERS, shut=302),  # an observer is led to the public page
    "home:public": Door(ALL, stranger=200),
    "home:notices": Door(ALL),
    "home:letter_choices": Door(ALL, sends=ALL),
    "home:read_all_notices": only_sends(ALL),
    "home:notice": Door("o", "notice", "o", get=302),
}

FILING = {
    "filing:own_list": Door(OFFICES + "d", sends=OFFICES + "d"),
    "filing:new": Door(OFFICES, sends=OFFICES),
    "filing:print_list": Door(OFFICES + "d"),
    "filing:head": Door("hHd"),
    "filing:send_complete": Door("hHd", sends="hHd"),
    "filing:order": only_sends("hHd"),
    "filing:receipts": Door(OFFICES + "d"),
    "filing:approve": only_sends("h", "ready"),
    "filing:copies": Door(OFFICES),
    "filing:papers": Door("oh", "draft", "oh"),
    "filing:papers_zip": Door("oh" + READERS, "sent"),
    "filing:papers_zip#draft": Door("oh", "draft"),
    "filing:changes": Door("oh" + REVIEW, "sent"),
    "filing:changes#draft": Door("oh", "draft"),
    "filing:summary": Door(ALL),
    "filing:letter": Door(OFFICES + "d", sends=OFFICES + "d"),
    "filing:old_letter": Door("oh" + READERS, "letter old_letter"),
    "filing:letter_file": Door("oh" + READERS, "letter"),
    "filing:paper": Door("oh" + READERS, "paper"),
    "filing:proposal": Door("oh" + READERS, "sent"),
    "filing:proposal#draft": Door("oh", "draft"),
    "filing:proposal#ready": Door("oh", "ready"),
    "filing:proposal#withdrawn": Door("oh" + READERS, "withdrawn"),
    "filing:proposal#other_draft": Door("OH", "other_draft"),
    "filing:proposal#province_draft": Door("pd", "province_draft"),
    "filing:proposal#province_sent": Door("p" + READERS, "province_sent"),
    "filing:fill": Door("oh", "draft", "oh"),
    "filing:autosave": Door("oh", "draft", "oh"),
    "filing:fill#province": Door("pd", "province_draft", "pd"),
    "filing:attach": Door("oh", "draft kak", "oh"),
    "filing:promise": only_sends("oh", "draft kak"),
    "filing:act": Door("oh", "draft withdraw", "oh"),
    "filing:give_back": Door("h", "ready", "h"),
    "filing:receipt": Door("oh" + READERS, "sent"),
    "filing:print": Door("oh" + READERS, "sent"),
    "filing:print#draft": Door("oh", "draft"),
    "filing:history": Door("oh" + REVIEW, "sent"),
    "filing:history#draft": Door("oh", "draft"),
    "filing:comment": only_sends("oh" + REVIEW, "sent"),
    "filing:copy": only_sends("oh", "draft"),
    "filing:workbooks": Door(OFFICES, sends=OFFICES),
    "filing:workbook_download": Door(OFFICES),
    "filing:workbook": Door("oh", "workbook"),
    "filing:workbook_save": only_sends("oh", "workbook"),
    "filing:workbook_mend": only_sends("oh", "workbook"),
    "filing:workbook_errors": Door("oh", "workbook"),
}

REVIEWING = {
    "review:queue": Door(READERS),
    "review:queue_xlsx": Door(READERS),
    "review:assign": only_sends("c"),
    "review:compare": only_sends(REVIEW),
    "review:proposal": Door(REVIEW, "reviewed"),
    "review:proposal#draft": Door("", "draft"),
    "review:proposal#province_draft": Door("", "province_draft"),
    "review:history": Door(REVIEW, "reviewed", get=302),
    "review:gates": Door(REVIEW, "reviewed", REVIEW, get=302),
    "review:score": Door(REVIEW, "reviewed", REVIEW, get=302),
    "review:give_back": Door(REVIEW, "reviewed", REVIEW, get=302),
    "review:comment": Door(REVIEW, "reviewed", REVIEW, get=302),
    "review:step": Door(REVIEW, "reviewed", REVIEW, get=302),
}

HARMONISATION = {
    "harmonisation:board": Door(REVIEW),
    "harmonisation:compare": Door(REVIEW),
    "harmonisation:new_group": Door("rcd", sends="rcd"),
    "harmonisation:group": Door(REVIEW, "group", REVIEW),
    "harmonisation:pair": Door(REVIEW, "pair", "rcd"),
    "harmonisation:pair_history": Door(REVIEW, "pair"),
    "harmonisation:programmes": Door(ALL),
    "harmonisation:consent": Door("h", "asked", "h"),
    "harmonisation:programme": Door(OFFICES + READERS, "joined"),
    "harmonisation:programme#forming": Door("ohOH" + REVIEW, "group"),
    "harmonisation:programme#foreign_group": Door("OH" + REVIEW, "foreign_group"),
    "harmonisation:edit": Door("cd", "joined", "cdr"),
    "harmonisation:shares": Door("cd", "joined", "cdr"),
    "harmonisation:add": Door("cd", "joined", "cdr"),
    "harmonisation:remove": Door("cd", "joined share", "cdr"),
    "harmonisation:act": Door("cd", "joined urai", "cd"),
    "harmonisation:history": Door("ohOH" + REVIEW, "joined"),
    "harmonisation:history#foreign": Door("OH" + REVIEW, "foreign"),
}

MEETING = {
    "meeting:agenda": Door(REVIEW + "b"),
    "meeting:decisions": Door(REVIEW + "b"),
    "meeting:print_office": Door(REVIEW + "b", "office"),
    "meeting:decide": Door(REVIEW + "b", "desk", "cd"),
    "meeting:decide_joint": Door(REVIEW + "b", "joined", "cd"),
}

READ_SCALE = OFFICES + READERS
PRIORITIES = {
    "priorities:scale": Door(READ_SCALE),
    "priorities:print_scale": Door(READ_SCALE),
    "priorities:versions": Door(READ_SCALE, sends="cd"),
    "priorities:history": Door(READ_SCALE, "scale"),
    "priorities:history#draft": Door(PROVINCE, "scale_draft"),
    "priorities:explanation": Door(READ_SCALE, "sektor scaled"),
    "priorities:scale_draft": Door("cd", sends="cd"),
    "priorities:step": only_sends("cd", "hitung"),
    "priorities:points": Door("cd", "draft_score", "cd"),
    "priorities:flags": Door("cd", sends="cd"),
    "priorities:balance": Door(READ_SCALE),
    "priorities:commodity": Door(READ_SCALE, "balanced"),
    "priorities:potential": Door(READ_SCALE),
    "priorities:trees": Door(READ_SCALE),
    "priorities:added_value": Door(READ_SCALE),
    "priorities:investment": Door(READ_SCALE, "scaled"),
    "priorities:statistics": Door("a", sends="a"),
    "priorities:statistics_template": Door("a", "neraca"),
    "priorities:ranked": Door(REVIEW),
    "priorities:compare": Door(REVIEW),
    "priorities:scenario_keep": only_sends(REVIEW),
    "priorities:scenario_remove": only_sends(REVIEW, "scenario"),
    "priorities:explained": Door("oh" + REVIEW, "agreed"),
    "priorities:explained#reviewed": Door(REVIEW, "reviewed"),
}

REPORTS = {
    "reports:dashboard": Door(ALL),
    "reports:board": Door(READERS),
    "reports:print_recap": Door(ALL),
    "reports:download_xlsx": Door(ALL),
    "reports:board_xlsx": Door(READERS),
    "reports:download_csv": Door(ALL, "daerah"),
    "reports:download_csv#board": Door(READERS, "kantor"),
}

SHUT = {"shut": 403}
OPEN_LISTS = {
    "sectors": "sector",
    "commodities": "commodity",
    "stages": "stage",
    "nomenclature": "nomenclature_code",
    "interventions": "intervention",
    "funding": "funding_source",
    "schemes": "scheme",
    "documents": "document",
    "reasons": "reason",
    "criteria": "criterion",
    "industry_codes": "industry_code",
    "synonyms": "synonym",
}
"""Lists that everybody who is logged in reads, and the admin writes."""
MADE_ELSEWHERE = {"nomenclature", "criteria", "industry_codes"}
IN_SCENERY = {"nomenclature_code": "nomenclature", "funding_source": "funding"}


def open_list(many, one):
    row = IN_SCENERY.get(one, one)
    doors = {
        f"catalogue:{many}": Door(ALL),
        f"catalogue:{one}": Door(ALL, row, "a", **SHUT),
        f"catalogue:{one}_retire": only_sends("a", row, **SHUT),
        f"catalogue:{one}_history": Door(ALL, row),
    }
    if many not in MADE_ELSEWHERE:
        doors[f"catalogue:{one}_new"] = Door("a", sends="a", **SHUT)
    return doors


CATALOGUE = {
    "catalogue:index": Door(ALL),
    "catalogue:regions": Door(ALL),
    **{name: door for pair in OPEN_LISTS.items() for name, door in open_list(*pair).items()},
    "catalogue:criteria_version": Door("a", sends="a", **SHUT),
    "catalogue:sector_flag": only_sends("a", "sector", **SHUT),
    "catalogue:sector_unflag": only_sends("a", "flagged_sector", **SHUT),
    "catalogue:sector_rank": only_sends("a", "sector_flag", **SHUT),
    "catalogue:commodity_flag": only_sends("a", "commodity", **SHUT),
    "catalogue:commodity_unflag": only_sends("a", "flagged_commodity", **SHUT),
    "catalogue:commodity_rank": only_sends("a", "commodity_flag", **SHUT),
    "catalogue:people": Door("a", **SHUT),
    "catalogue:person_new": Door("a", sends="a", **SHUT),
    "catalogue:person": Door("a", "somebody", "a", **SHUT),
    "catalogue:person_active": only_sends("a", "somebody", **SHUT),
    "catalogue:person_password": Door("a", "somebody", "a", **SHUT),
    "catalogue:person_history": Door("a", "somebody", **SHUT),
    "catalogue:letters": Door("a", **SHUT),
    "catalogue:letter": Door("a", "mail", **SHUT),
    "catalogue:letter_again": only_sends("a", "mail", **SHUT),
    "catalogue:letter_history": Door("a", "mail", **SHUT),
    "catalogue:offices": Door("a", **SHUT),
    "catalogue:office_new": Door("a", sends="a", **SHUT),
    "catalogue:office": Door("a", "office", "a", **SHUT),
    "catalogue:office_retire": only_sends("a", "office", **SHUT),
    "catalogue:office_history": Door("a", "office", **SHUT),
    "catalogue:years": Door("a", **SHUT),
    "catalogue:year_new": Door("a", sends="a", **SHUT),
    "catalogue:year": Door("a", "year", "a", **SHUT),
    "catalogue:year_state": Door("a", "year closed", "a", **SHUT),
    "catalogue:year_history": Door("a", "year", **SHUT),
    "catalogue:office_year": Door("a", "year office_year", "a", **SHUT),
    "catalogue:ceilings": Door("a", "year", **SHUT),
    "catalogue:ceiling_new": Door("a", "year", "a", **SHUT),
    "catalogue:ceiling": Door("a", "year ceiling", "a", **SHUT),
    "catalogue:ceiling_remove": only_sends("a", "year ceiling", **SHUT),
}

DOORS = {**ACCOUNT, **HOME, **FILING, **REVIEWING, **HARMONISATION}
DOORS |= {**MEETING, **PRIORITIES, **REPORTS, **CATALOGUE}
