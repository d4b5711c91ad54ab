"""Every page of the portal with rows on it: address names, arguments, and who looks."""

from django.db import transaction
from django.urls import reverse

from proposals import notices
from proposals.catalogue.specs import SPECS
from proposals.enums import JointState, Role, Status
from proposals.models import Letter
from tests import builders, cast, lists
from tests.house import scenery
from tests.workbook.uploads import make_upload

PROPOSAL_PAGES = ("filing:proposal", "filing:print", "filing:history")


@transaction.atomic
def make_world():
    """Make rows in every state; return what the pages take as arguments."""
    office = cast.make_office(cast.REGENCY)
    rows = {
        status: builders.make_proposal(office, status, n_lines=2)
        for status in Status
        if status != Status.MERGED
    }
    joints = {
        state: builders.make_joint(state=state)
        for state in (JointState.FORMING, JointState.JOINED, JointState.AGREED)
    }
    builders.make_ceiling(10**12)
    lists.criteria()
    uploads = [
        make_upload(office, n_rows=3, outcome=outcome) for outcome in ("refused", "changed", "new")
    ]
    uploads += [make_upload(office, state) for state in ("waiting", "failed", "applied")]
    notices.invited(cast.person(Role.OFFICER, office))
    world = {
        "letter": Letter.objects.get(),
        "rows": rows,
        "joints": joints,
        "office": office,
        "uploads": uploads,
        "pair": builders.make_pair(),
    }
    return world | {"year": builders.current_year()} | scenery.scales()


def pages_of(world):
    """Return (role, address) of every page, as the person who uses it most."""
    yield from _filing(world)
    yield from _review(world)
    yield from _joint(world)
    yield from _priorities(world)
    yield from _admin(world)
    yield from _shared()


def _filing(world):
    rows = world["rows"]
    for name in ("home:home", "filing:own_list", "filing:new", "filing:summary"):
        yield Role.OFFICER, reverse(name)
    yield Role.OFFICER, reverse("filing:print_list")
    yield Role.OFFICER, reverse("filing:workbooks")
    for upload in world["uploads"]:
        yield Role.OFFICER, reverse("filing:workbook", args=[upload.pk])
    for status in (Status.DRAFT, Status.RETURNED):
        yield Role.OFFICER, reverse("filing:fill", args=[rows[status].pk])
    for name in PROPOSAL_PAGES:
        for status in (Status.AGREED, Status.RETURNED):
            yield Role.OFFICER, reverse(name, args=[rows[status].pk])
    yield Role.HEAD, reverse("filing:act", args=[rows[Status.AWAITING_HEAD].pk, "send"])
    yield Role.HEAD, reverse("filing:act", args=[rows[Status.DRAFT].pk, "withdraw"])
    yield Role.HEAD, reverse("filing:give_back", args=[rows[Status.AWAITING_HEAD].pk])
    yield Role.HEAD, reverse("filing:receipt", args=[rows[Status.SENT].pk])
    for name in ("head", "send_complete", "receipts", "copies", "letter"):
        yield Role.HEAD, reverse(f"filing:{name}")
    yield Role.HEAD, reverse("filing:receipts", query={"cetak": 1})
    yield Role.OFFICER, reverse("filing:papers", args=[rows[Status.DRAFT].pk])
    yield Role.HEAD, reverse("filing:changes", args=[rows[Status.RETURNED].pk])
    yield Role.HEAD, reverse("home:home")


def _review(world):
    rows = world["rows"]
    for role in (Role.GATE_CHECKER, Role.REVIEWER, Role.COORDINATOR, Role.PROVINCE_HEAD):
        yield role, reverse("home:home")
        yield role, reverse("review:queue")
    yield Role.GATE_CHECKER, reverse("review:proposal", args=[rows[Status.SENT].pk])
    for status in (Status.UNDER_REVIEW, Status.AT_DESK):
        yield Role.REVIEWER, reverse("review:proposal", args=[rows[status].pk])
    yield Role.COORDINATOR, reverse("review:proposal", args=[rows[Status.UNDER_REVIEW].pk])
    yield Role.PROVINCE_HEAD, reverse("meeting:agenda")
    yield Role.PROVINCE_HEAD, reverse("meeting:decisions")
    for status in (Status.AT_DESK, Status.AGREED):
        yield Role.PROVINCE_HEAD, reverse("meeting:decide", args=[rows[status].pk])
    yield Role.COORDINATOR, reverse("meeting:print_office", args=[world["office"].pk])


def _joint(world):
    joints, rows = world["joints"], world["rows"]
    yield Role.COORDINATOR, reverse("harmonisation:board")
    yield Role.COORDINATOR, reverse("harmonisation:programmes")
    query = f"?usulan={rows[Status.SENT].pk}&usulan={rows[Status.UNDER_REVIEW].pk}"
    for name in ("harmonisation:compare", "harmonisation:new_group"):
        yield Role.COORDINATOR, reverse(name) + query
    for joint in joints.values():
        for name in ("harmonisation:group", "harmonisation:programme"):
            yield Role.COORDINATOR, reverse(name, args=[joint.pk])
    forming = joints[JointState.FORMING]
    for name in ("edit", "shares", "add", "history"):
        yield Role.COORDINATOR, reverse(f"harmonisation:{name}", args=[forming.pk])
    yield Role.COORDINATOR, reverse("harmonisation:act", args=[forming.pk, "gabungkan"])
    share = joints[JointState.JOINED].shares.order_by("pk")[0]
    yield Role.COORDINATOR, reverse("harmonisation:remove", args=[share.joint_id, share.pk])
    yield Role.HEAD, reverse("harmonisation:consent", args=[share.pk])
    yield Role.PROVINCE_HEAD, reverse("meeting:decide_joint", args=[share.joint_id])


def _priorities(world):
    """The scale, the balance and the ranked list, read by who sets them and by an office."""
    names = ("scale", "versions", "balance", "potential", "trees", "added_value")
    own = ("print_scale", "scale_draft", "flags", "ranked", "compare")
    for name in (*names, *own):
        yield Role.COORDINATOR, reverse(f"priorities:{name}")
    yield Role.OFFICER, reverse("priorities:scale")
    yield Role.OFFICER, reverse("priorities:balance")
    yield Role.ADMIN, reverse("priorities:statistics")
    for name, at in (("history", "scale"), ("points", "draft_score"), ("investment", "scaled")):
        yield Role.COORDINATOR, reverse(f"priorities:{name}", args=[world[at].pk])
    yield Role.COORDINATOR, reverse("priorities:commodity", args=[world["balanced"].pk])
    yield Role.COORDINATOR, reverse("priorities:explanation", args=["sektor", world["scaled"].pk])
    agreed = world["rows"][Status.AGREED].pk
    yield Role.COORDINATOR, reverse("priorities:explained", args=[agreed])
    yield Role.OFFICER, reverse("priorities:explained", args=[agreed])
    for name in ("pair", "pair_history"):
        yield Role.COORDINATOR, reverse(f"harmonisation:{name}", args=[world["pair"].pk])
    yield Role.COORDINATOR, reverse("harmonisation:board", query={"saran": 1})


def _admin(world):
    yield Role.ADMIN, reverse("home:home")
    for name in ("letter", "letter_history"):
        yield Role.ADMIN, reverse(f"catalogue:{name}", args=[world["letter"].pk])
    for name in ("notices", "letter_choices"):
        yield Role.OFFICER, reverse(f"home:{name}")
    names = [spec.name for spec in SPECS]
    others = (
        "index",
        "regions",
        "people",
        "person_new",
        "offices",
        "office_new",
        "years",
        "letters",
    )
    for name in (*names, *others, "sector_new", "year_new"):
        yield Role.ADMIN, reverse(f"catalogue:{name}")
    yield Role.ADMIN, reverse("catalogue:year", args=[world["year"].pk])
    yield Role.ADMIN, reverse("catalogue:office", args=[world["office"].pk])
    yield Role.ADMIN, reverse("catalogue:person", args=[cast.person(Role.OFFICER).pk])
    yield Role.ADMIN, reverse("catalogue:ceilings", args=[world["year"].pk])
    for name in ("sector", "sector_history"):
        yield Role.ADMIN, reverse(f"catalogue:{name}", args=[lists.sector().pk])


def _shared():
    yield Role.COORDINATOR, reverse("reports:dashboard")
    yield Role.COORDINATOR, reverse("reports:board")
    yield Role.COORDINATOR, reverse("reports:print_recap")
    yield Role.OFFICER, reverse("reports:dashboard")
    yield Role.OBSERVER, reverse("home:public")
    for name in ("account_profile", "account_change_password"):
        yield Role.OFFICER, reverse(name)
