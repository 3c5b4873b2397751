"""What the code uses: settings after reading, merging and checking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from govsite.frozen import dataclass
from govsite.problems.problem import Severity
from govsite.settings.duties import DutySettings
from govsite.settings.packs import PackRule
from govsite.settings.review import ReviewSettings
from govsite.source.span import Span


@dataclass(frozen=True, slots=True)
class SiteIdentity:
    """Who publishes the site (站点). tier: profile id; path: starts and ends with `/`; domain: host name or `""`."""

    name: str = ""
    tier: str = "town"
    domain: str = ""
    path: str = "/"
    id_code: str = ""
    sponsor: str = ""
    operator: str = ""
    icp: str = ""
    police: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    postcode: str = ""
    portal: str = ""
    index_rule: str = ""

    @property
    def publisher(self) -> str:
        """The organisation that publishes where a document names none."""
        return self.operator or self.sponsor or self.name

    @property
    def address_prefix(self) -> str:
        """Absolute address of the site's root, `""` where no domain is set."""
        return f"https://{self.domain}{self.path}" if self.domain else ""


@dataclass(frozen=True, slots=True)
class ColumnOption:
    """One change to the profile's columns, as written. order: None keeps the place; hidden: the reason."""

    id: str
    span: Span
    name: str = ""
    type: str = ""
    parent: str = ""
    description: str = ""
    layout: str = ""
    hidden: str = ""
    order: int | None = None


@dataclass(frozen=True, slots=True)
class FooterLink:
    """A link of the foot (页脚). link: a document's id, path or number, an http address, or `""` for text alone."""

    name: str
    link: str
    span: Span


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """synonyms: groups of equal words; whoosh: also build the Whoosh index."""

    synonyms: tuple[tuple[str, ...], ...] = ()
    whoosh: bool = False


@dataclass(frozen=True, slots=True)
class KioskSettings:
    """What a terminal (终端) does. idle_seconds: until it counts down and goes home; home: page it begins with;
    stale_days: after which the data date is a warning; printer: whether it may print; staff_code: hash of the code for the
    staff page, as `govsite keygen --code` prints it, `""` for no staff page; feedback_url: where a visitor
    gives an opinion on a phone.
    """

    idle_seconds: int = 90
    home: str = ""
    stale_days: int = 30
    printer: bool = False
    staff_code: str = ""
    feedback_url: str = ""


@dataclass(frozen=True, slots=True)
class RequestSettings:
    """Where applications (依申请公开) go. unit: id or name of the organisation, `""`: the publisher; online: address."""

    unit: str = ""
    online: str = ""


@dataclass(frozen=True, slots=True)
class TargetOption:
    """A place to publish to (发布目标), as written. layout: `releases`, `flat` or `""` for what the place allows; keep:
    releases that stay, 0 for the default; url: address readers use, ends with `/`; endpoint: of S3-compatible storage.
    """

    name: str
    address: str
    layout: str = ""
    keep: int = 0
    url: str = ""
    endpoint: str = ""
    compress: bool = False
    ssh_config: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything config.yaml decides. downloads: formats in which policies are offered (`docx` `pdf`); catalog_since:
    ISO day from which changes of the catalog are shown, `""` for all; beside: paths of the files that it names; digest: of the file and the overrides, for caches.
    """

    site: SiteIdentity = SiteIdentity()
    columns: tuple[ColumnOption, ...] = ()
    footer: tuple[FooterLink, ...] = ()
    fail_on: Severity = Severity.ERROR
    severities: Mapping[str, Severity] = field(default_factory=dict)
    search: SearchSettings = SearchSettings()
    kiosk: KioskSettings = KioskSettings()
    request: RequestSettings = RequestSettings()
    duties: DutySettings = DutySettings()
    review: ReviewSettings = ReviewSettings()
    targets: tuple[TargetOption, ...] = ()
    rules: tuple[PackRule, ...] = ()
    theme: str = ""
    downloads: tuple[str, ...] = ()
    catalog_since: str = ""
    beside: tuple[str, ...] = ()
    digest: str = ""
