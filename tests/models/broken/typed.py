"""What is being typed: one row per section."""

from proposals.enums import Role
from proposals.models import TypedText
from tests import cast
from tests.builders import make_proposal
from tests.models.refusals import again, breaks


@breaks("typed_text_once_per_section")
def a_section_typed_twice():
    proposal, user = make_proposal(), cast.person(Role.OFFICER)
    return [again(TypedText.objects.create(proposal=proposal, user=user, section="need"))]
