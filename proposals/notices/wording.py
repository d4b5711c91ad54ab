"""How a notice is told: its words are plain values, its sentences in the reader's language."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from proposals import access
from proposals.enums import Action, NoticeKind
from proposals.fields import FIELDS
from proposals.models import Notice, User
from proposals.rupiah import format_rp

K = NoticeKind

TITLES: dict[str, tuple[str, str]] = {
    K.INVITED: (gettext_noop("your account is ready"), ""),
    K.HANDED: (
        gettext_noop("%(label)s waits for your signature"),
        gettext_noop("%(count)s proposals wait for your signature"),
    ),
    K.GIVEN_BACK: (
        gettext_noop("%(label)s was given back to you"),
        gettext_noop("%(count)s proposals were given back to you"),
    ),
    K.SENT: (gettext_noop("%(label)s was sent"), gettext_noop("%(count)s proposals were sent")),
    K.SENT_AGAIN: (
        gettext_noop("%(label)s was answered and sent again"),
        gettext_noop("%(count)s proposals were answered and sent again"),
    ),
    K.RETURNED: (
        gettext_noop("%(label)s needs correction until %(due)s"),
        gettext_noop("%(count)s proposals need correction"),
    ),
    K.RETURN_DUE: (
        gettext_noop("the correction of %(label)s is due on %(due)s"),
        gettext_noop("%(count)s corrections are due soon"),
    ),
    K.RESUMED: (
        gettext_noop("the review of %(label)s goes on"),
        gettext_noop("the review of %(count)s proposals goes on"),
    ),
    K.ASSIGNED: (
        gettext_noop("%(label)s was assigned to you"),
        gettext_noop("%(count)s proposals were assigned to you"),
    ),
    K.MENTIONED: (gettext_noop("%(who)s mentions you at %(label)s"), ""),
    K.CONSENT_ASKED: (
        gettext_noop("your consent is asked for %(label)s"),
        gettext_noop("your consent is asked for %(count)s proposals"),
    ),
    K.CONSENT_ANSWER: (
        gettext_noop("%(office)s %(answer)s: %(label)s"),
        gettext_noop("%(count)s offices have answered about their own money"),
    ),
    K.JOINED: (
        gettext_noop("%(label)s was merged into %(joint)s"),
        gettext_noop("%(count)s proposals were merged into a joint programme"),
    ),
    K.DECIDED: (
        gettext_noop("%(label)s: %(result)s"),
        gettext_noop("%(count)s proposals have a result"),
    ),
    K.DEADLINE: (gettext_noop("%(left)s to send, until %(until)s"), ""),
}
"""The sentence of a kind: about one thing, and about several."""

LEADS: dict[str, str] = {
    K.INVITED: gettext_noop(
        "An account was made for you with the address %(email)s. Log in with the one-time password"
        " that the admin gives you, or ask for a password of your own on the log-in page."
    ),
    K.HANDED: gettext_noop("%(who)s hands you %(name)s: sign and send it, or give it back."),
    K.GIVEN_BACK: gettext_noop("%(who)s gives %(name)s back for another look."),
    K.SENT: gettext_noop("%(name)s was sent by %(office)s."),
    K.SENT_AGAIN: gettext_noop("%(name)s was mended and sent again by %(office)s."),
    K.RETURNED: gettext_noop(
        "%(name)s needs correction until %(due)s. What you filled in is kept; only the parts named"
        " here are open."
    ),
    K.RETURN_DUE: gettext_noop("The correction of %(name)s is due on %(due)s and is not sent yet."),
    K.RESUMED: gettext_noop(
        "The province goes on with %(name)s as it stands; the correction is not waited for any"
        " more."
    ),
    K.ASSIGNED: gettext_noop("%(name)s was assigned to you for review."),
    K.MENTIONED: gettext_noop("%(who)s mentions you in a comment on %(name)s."),
    K.CONSENT_ASKED: gettext_noop(
        "The joint programme %(joint_name)s would use your office's own money of %(name)s. Nothing"
        " is agreed without your consent."
    ),
    K.CONSENT_ANSWER: gettext_noop(
        "%(who)s has answered for %(office)s: the joint programme %(joint_name)s would use that"
        " office's own money of %(name)s."
    ),
    K.JOINED: gettext_noop(
        "%(name)s is now part of the joint programme %(joint_name)s. It keeps its number and its"
        " share."
    ),
    K.DECIDED: gettext_noop("The result of %(name)s is: %(result)s."),
    K.DEADLINE: gettext_noop(
        "Sending closes on %(until)s. %(office)s has not sent: %(complete)s complete, %(lacking)s"
        " incomplete."
    ),
}
BUTTONS: dict[str, str] = {
    K.INVITED: gettext_noop("Open Rakortek"),
    K.RETURNED: gettext_noop("Correct the proposal"),
    K.RETURN_DUE: gettext_noop("Correct the proposal"),
    K.CONSENT_ASKED: gettext_noop("Consent, or say why not"),
    K.DEADLINE: gettext_noop("Open the list"),
}
OWN_RESULTS = {
    Action.AGREE: gettext_noop("In line"),
    Action.AGREE_CHANGED: gettext_noop("In line with notes"),
    Action.REJECT: gettext_noop("Not yet in line"),
}
RESULTS = {
    Action.AGREE: gettext_noop("Agreed"),
    Action.AGREE_CHANGED: gettext_noop("Agreed with changes"),
    Action.REJECT: gettext_noop("Not agreed"),
    Action.REDIRECT: gettext_noop("Redirected"),
    Action.DEFER: gettext_noop("Deferred"),
    Action.REOPEN: gettext_noop("Reopened"),
    Action.RELEASE: gettext_noop("Released from the joint programme"),
}
TO_REVIEW = frozenset({K.SENT, K.SENT_AGAIN, K.ASSIGNED, K.MENTIONED})
TO_MEND = frozenset({K.RETURNED, K.RETURN_DUE})


@dataclass(frozen=True)
class Story:
    """A notice as it is shown: sentence, more words, what is quoted or listed, and where to go."""

    title: str
    lead: str
    quotes: list[str]
    items: list[str]
    who: str
    button: str
    url: str


def story_of(notice: Notice) -> Story:
    """Tell a notice in the active language, to its recipient."""
    words = spoken(notice)
    is_one = "count" not in notice.words
    title = title_of(notice)
    items = [_named(one) for one in notice.words.get("items", [])]
    if (rest := int(words["count"] or 0) - len(items)) > 0:
        items.append(ngettext("and %(n)d more", "and %(n)d more", rest) % {"n": rest})
    return Story(
        title=title[:1].upper() + title[1:],
        lead=_(LEADS[notice.kind]) % words if is_one else "",
        quotes=_quotes(notice.words, notice.recipient),
        items=items,
        who=words["who"],
        button=_(BUTTONS.get(notice.kind, gettext_noop("Open"))),
        url=url_for(notice, notice.recipient),
    )


def title_of(notice: Notice) -> str:
    """Return the sentence of a notice in the active language; it follows a name and a colon."""
    one, many = TITLES[notice.kind]
    return _(many if "count" in notice.words else one) % spoken(notice)


def spoken(notice: Notice) -> dict[str, Any]:
    """Return the words of a notice in the active language."""
    given = notice.words
    names = ("who", "office", "title", "email", "joint", "count", "complete", "lacking")
    words: dict[str, Any] = {name: given.get(name, "") for name in names}
    words["label"] = given.get("label") or _("draft “%(title)s”") % {"title": words["title"]}
    words["name"] = _named(given) if given.get("label") else words["label"]
    words["joint_name"] = f"{given.get('joint', '')} {given.get('joint_title', '')}".strip()
    words["due"] = _day(given["due"]) if given.get("due") else ""
    words["result"] = _result(given)
    words["answer"] = _("consents") if given.get("agrees") else _("does not consent")
    if given.get("until"):
        until = timezone.localtime(datetime.fromisoformat(given["until"]))
        words["until"] = f"{date_format(until, 'l, j F Y')}, {until:%H.%M} WITA"
        words["left"] = _left(until.date(), timezone.localdate(notice.made_at))
    return words


def _named(given: dict[str, Any]) -> str:
    return f"{given.get('label') or ''} {given.get('title') or ''}".strip()


def _day(text: str) -> str:
    return date_format(date.fromisoformat(text), "l, j F Y")


def _left(until: date, today: date) -> str:
    days = max((until - today).days, 0)
    return ngettext("%(n)d day left", "%(n)d days left", days) % {"n": days}


def _result(given: dict[str, Any]) -> str:
    if not given.get("result"):
        return ""
    action = Action(given["result"])
    word = _((OWN_RESULTS if given.get("is_own") else {}).get(action) or RESULTS[action])
    amount = given.get("amount_rp")
    return f"{word}, {format_rp(int(amount))}" if amount else word


def _quotes(given: dict[str, Any], reader: User) -> list[str]:
    """Return what is quoted; what stays inside the province only to whoever is still inside."""
    if given.get("is_internal") and not access.may_comment_internally(reader):
        return []
    points = [f"{FIELDS[one['field']].word}: {one['what']}" for one in given.get("points", [])]
    return points + ([given["note"]] if given.get("note") else [])


def url_for(notice: Notice, reader: User) -> str:
    """Return the page where this reader finds what the notice is about."""
    is_reviewer = access.may_comment_internally(reader) and notice.kind in TO_REVIEW
    if notice.kind == K.CONSENT_ASKED and "share" in notice.words:
        return reverse("harmonisation:consent", args=[notice.words["share"]])
    if notice.proposal_id:
        page = "review:proposal" if is_reviewer else "filing:proposal"
        page = "filing:fill" if notice.kind in TO_MEND else page
        return reverse(page, args=[notice.proposal_id])
    if notice.joint_id:
        return reverse("harmonisation:programme", args=[notice.joint_id])
    if notice.kind == K.INVITED:
        return "/"
    return reverse("review:queue" if is_reviewer else "filing:own_list")
