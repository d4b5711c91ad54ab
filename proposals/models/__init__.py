"""The rows: every model of the portal by its name."""

from proposals.models.catalogue import (
    Commodity,
    DerivativeStage,
    FundingSource,
    IndustryCode,
    InterventionFunding,
    InterventionNomenclature,
    InterventionType,
    Nomenclature,
    Sector,
    SectorCode,
)
from proposals.models.decision import Decision
from proposals.models.joint import JointOutput, JointProgramme, Share
from proposals.models.letters import Letter, LetterChoice, Notice
from proposals.models.notes import OfficeNote
from proposals.models.overlap import OverlapPair, OverlapSigns, Synonym
from proposals.models.parts import (
    Attachment,
    BudgetLine,
    CoFunding,
    CommodityUse,
    FinancingNeed,
    Location,
    Output,
    PromisedPaper,
    Version,
)
from proposals.models.people import (
    District,
    Division,
    Office,
    Region,
    RegionNeighbour,
    User,
)
from proposals.models.potential import LabourPotential, SupplyBalance
from proposals.models.priority import CutScenario, ScaleScore, ScaleVersion, ScaleWeight
from proposals.models.proposal import Proposal
from proposals.models.review import Comment, GateAnswer, ReturnPoint, Review, Score
from proposals.models.rules import (
    DocumentIntervention,
    FinancingScheme,
    FlagStage,
    PriorityFlag,
    ReadinessDocument,
    ReasonCode,
    ReviewCriterion,
)
from proposals.models.typed import TypedText
from proposals.models.workbook import WorkbookRow, WorkbookUpload
from proposals.models.year import Ceiling, OfficeYear, PlanningYear

__all__ = [
    "Attachment",
    "BudgetLine",
    "Ceiling",
    "CoFunding",
    "Comment",
    "Commodity",
    "CommodityUse",
    "CutScenario",
    "Decision",
    "DerivativeStage",
    "District",
    "Division",
    "DocumentIntervention",
    "FinancingNeed",
    "FinancingScheme",
    "FlagStage",
    "FundingSource",
    "GateAnswer",
    "IndustryCode",
    "InterventionFunding",
    "InterventionNomenclature",
    "InterventionType",
    "JointOutput",
    "JointProgramme",
    "LabourPotential",
    "Letter",
    "LetterChoice",
    "Location",
    "Nomenclature",
    "Notice",
    "Office",
    "OfficeNote",
    "OfficeYear",
    "Output",
    "OverlapPair",
    "OverlapSigns",
    "PlanningYear",
    "PriorityFlag",
    "PromisedPaper",
    "Proposal",
    "ReadinessDocument",
    "ReasonCode",
    "Region",
    "RegionNeighbour",
    "ReturnPoint",
    "Review",
    "ReviewCriterion",
    "ScaleScore",
    "ScaleVersion",
    "ScaleWeight",
    "Score",
    "Sector",
    "SectorCode",
    "Share",
    "SupplyBalance",
    "Synonym",
    "TypedText",
    "User",
    "Version",
    "WorkbookRow",
    "WorkbookUpload",
]
