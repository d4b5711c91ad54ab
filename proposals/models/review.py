"""What the province says while it checks: gates, reviews, scores, return points, comments."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from proposals.enums import GateResult, Recommendation, ReviewState
from proposals.fields import FIELDS
from proposals.models.history import tracked
from proposals.models.people import User
from proposals.models.proposal import Proposal
from proposals.models.rules import ReasonCode, ReviewCriterion

SENTENCE = r"\S.*\S.*\S"


@tracked()
class GateAnswer(models.Model):
    """The answer to one gate; failing, or passing on condition, needs a printed reason."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="gate_answers")
    criterion = models.ForeignKey(ReviewCriterion, models.PROTECT, related_name="+")
    result = models.CharField(_("result"), max_length=15, choices=GateResult)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("proposal", "criterion__key", "pk")
        constraints = [
            models.UniqueConstraint(fields=("proposal", "criterion"), name="gate_answered_once"),
            models.CheckConstraint(
                name="gate_result_is_known", condition=Q(result__in=GateResult.values)
            ),
            models.CheckConstraint(
                name="gate_not_plainly_passed_has_a_reason",
                condition=Q(result=GateResult.PASSED) | Q(reason__regex=r"\S"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion_id}: {self.result}"


@tracked()
class Review(models.Model):
    """One reviewer's opinion of one proposal; counts from the moment it is final.

    ``score_pct`` = sum(weight x score) / sum(weight x 5) in percent with one decimal, over the
    criteria that apply.
    """

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="reviews")
    reviewer = models.ForeignKey(User, models.PROTECT, related_name="reviews")
    state = models.CharField(
        _("state"), max_length=10, choices=ReviewState, default=ReviewState.DRAFT
    )
    recommendation = models.CharField(
        _("recommendation"), max_length=15, choices=Recommendation, blank=True
    )
    recommended_rp = models.DecimalField(
        _("proposed amount (Rp)"), null=True, blank=True, max_digits=18, decimal_places=0
    )
    reason = models.ForeignKey(ReasonCode, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField(_("note"), max_length=2000, blank=True)
    score_pct = models.DecimalField(max_digits=4, decimal_places=1, null=True, editable=False)
    final_at = models.DateTimeField(null=True, editable=False)
    row_version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("proposal", "created_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("proposal", "reviewer"), name="review_one_per_reviewer"
            ),
            models.CheckConstraint(
                name="review_final_is_whole",
                condition=Q(state=ReviewState.DRAFT, final_at__isnull=True)
                | Q(
                    ~Q(recommendation=""),
                    state=ReviewState.FINAL,
                    final_at__isnull=False,
                    score_pct__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="review_change_has_a_reason",
                condition=Q(state=ReviewState.DRAFT)
                | Q(recommendation=Recommendation.AGREE)
                | Q(recommendation=Recommendation.MERGE)
                | Q(reason__isnull=False),
            ),
            models.CheckConstraint(
                name="review_amount_not_negative",
                condition=Q(recommended_rp__isnull=True) | Q(recommended_rp__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id}/{self.reviewer_id}"


@tracked()
class Score(models.Model):
    """A whole number 1-5 for one criterion, or the reason why it does not apply.

    A sentence is needed for 1, 2, 5 and where the reviewer departs from the computed value; a
    confirmed computed value carries its source as the sentence.
    """

    review = models.ForeignKey(Review, models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(ReviewCriterion, models.PROTECT, related_name="+")
    value = models.PositiveSmallIntegerField(_("score"), null=True, blank=True)
    computed = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    computed_from = models.CharField(max_length=500, blank=True, editable=False)
    sentence = models.CharField(_("explanation"), max_length=500, blank=True)

    class Meta:
        ordering = ("review", "criterion__key", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("review", "criterion"), name="score_once_per_criterion"
            ),
            models.CheckConstraint(
                name="score_from_1_to_5",
                condition=Q(value__isnull=True) | Q(value__range=(1, 5)),
            ),
            models.CheckConstraint(
                name="score_computed_from_1_to_5",
                condition=Q(computed__isnull=True) | Q(computed__range=(1, 5)),
            ),
            models.CheckConstraint(
                name="score_has_its_sentence",
                condition=Q(sentence__regex=SENTENCE)
                | Q(value__isnull=False, value__in=(3, 4), computed__isnull=True)
                | Q(
                    value__isnull=False,
                    value__in=(3, 4),
                    computed__isnull=False,
                    computed=models.F("value"),
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion_id}: {self.value}"


@tracked()
class ReturnPoint(models.Model):
    """One thing to mend in a returned proposal; opens exactly the field it names."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="return_points")
    field = models.CharField(_("field"), max_length=30)
    what = models.CharField(_("what to mend"), max_length=500)
    reason = models.ForeignKey(ReasonCode, models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField(_("due on"))
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    answer = models.CharField(_("answer"), max_length=1000, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("proposal", "made_at", "pk")
        constraints = [
            models.CheckConstraint(name="return_point_says_what", condition=Q(what__regex=r"\S")),
            models.CheckConstraint(
                name="return_point_names_a_field", condition=Q(field__in=sorted(FIELDS))
            ),
            models.CheckConstraint(
                name="return_point_answer_is_whole",
                condition=Q(answer="", answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="return_point_settled_by_somebody",
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.what}"


@tracked()
class Comment(models.Model):
    """A remark; internal ones stay inside the province, shared ones reach the office."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="comments")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    text = models.TextField(_("comment"), max_length=2000)
    is_internal = models.BooleanField(_("internal note, province only"), default=False)
    version = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("proposal", "created_at", "pk")
        constraints = [
            models.CheckConstraint(name="comment_is_not_empty", condition=Q(text__regex=r"\S")),
        ]

    def __str__(self) -> str:
        return self.text[:40]
