"""All slices in the order of their layers, and what templates may ask of their policies."""

from types import SimpleNamespace

from inforo.accounts import security_views as accounts_security  # noqa: F401 (more pages)
from inforo.accounts import views as accounts
from inforo.adoptions import panels as adoptions_panels  # noqa: F401 (fills places)
from inforo.adoptions import policy as adoptions_policy
from inforo.adoptions import views as adoptions
from inforo.agenda import views as agenda
from inforo.alerts import policy as alerts_policy
from inforo.alerts import views as alerts
from inforo.applications import policy as applications_policy
from inforo.applications import views as applications
from inforo.approvals import policy as approvals_policy
from inforo.approvals import views as approvals
from inforo.arrivals import views as arrivals
from inforo.articles import views as articles
from inforo.asking import views as asking
from inforo.attachments import policy as attachments_policy
from inforo.attachments import views as attachments
from inforo.capturing import policy as capturing_policy
from inforo.capturing import views as capturing
from inforo.citations import views as citations
from inforo.coauthors import policy as coauthors_policy
from inforo.coauthors import views as coauthors
from inforo.collections import policy as collections_policy
from inforo.collections import views as collections
from inforo.comparisons import views as comparisons
from inforo.confidences import views as confidences
from inforo.confirmations import views as confirmations
from inforo.contacts import policy as contacts_policy
from inforo.contacts import views as contacts
from inforo.contributions import policy as contributions_policy
from inforo.contributions import views as contributions
from inforo.conversations import policy as conversations_policy
from inforo.conversations import views as conversations
from inforo.desks import views as desks
from inforo.digests import views as digests
from inforo.discussions import policy as discussions_policy
from inforo.discussions import views as discussions
from inforo.discussions import writing_views as discussions_writing  # noqa: F401 (more pages)
from inforo.doors import views as doors
from inforo.drafts import policy as drafts_policy
from inforo.drafts import views as drafts
from inforo.editorial import policy as editorial_policy
from inforo.enquiries import policy as enquiries_policy
from inforo.enquiries import views as enquiries
from inforo.enquiries import writing_views as enquiries_writing  # noqa: F401 (more pages)
from inforo.events import views as events
from inforo.exchange import panels as exchange_panels  # noqa: F401 (fills places)
from inforo.exchange import policy as exchange_policy
from inforo.exchange import views as exchange
from inforo.glossary import policy as glossary_policy
from inforo.glossary import views as glossary
from inforo.groups import policy as groups_policy
from inforo.groups import views as groups
from inforo.handovers import policy as handovers_policy
from inforo.handovers import views as handovers
from inforo.harvesting import policy as harvesting_policy
from inforo.harvesting import views as harvesting
from inforo.impacts import views as impacts
from inforo.invitations import policy as invitations_policy
from inforo.invitations import views as invitations
from inforo.keeping import views as keeping
from inforo.learning import views as learning
from inforo.libraries import archive_views as libraries_archives  # noqa: F401 (more pages)
from inforo.libraries import policy as libraries_policy
from inforo.libraries import views as libraries
from inforo.linking import views as linking
from inforo.mailings import policy as mailings_policy
from inforo.mailings import views as mailings
from inforo.marking import views as marking
from inforo.memberships import views as memberships
from inforo.moderation import views as moderation
from inforo.municipalities import views as municipalities
from inforo.nominations import views as nominations
from inforo.notifications import views as notifications
from inforo.objections import views as objections
from inforo.offices import policy as offices_policy
from inforo.offices import views as offices
from inforo.openings import policy as openings_policy
from inforo.openings import views as openings
from inforo.outcomes import policy as outcomes_policy
from inforo.outcomes import views as outcomes
from inforo.oversight import views as oversight
from inforo.pages import panels as pages_panels  # noqa: F401 (fills places)
from inforo.pages import views as pages
from inforo.papers import views as papers
from inforo.partnership import policy as partnership_policy
from inforo.partnership import views as partnership
from inforo.paths import policy as paths_policy
from inforo.paths import views as paths
from inforo.people import policy as people_policy
from inforo.people import views as people
from inforo.polls import policy as polls_policy
from inforo.polls import views as polls
from inforo.protocols import views as protocols
from inforo.readings import views as readings
from inforo.rearranging import policy as rearranging_policy
from inforo.rearranging import views as rearranging
from inforo.reasons import policy as reasons_policy
from inforo.reasons import views as reasons
from inforo.registration import views as registration
from inforo.releases import views as releases
from inforo.reminders import policy as reminders_policy
from inforo.reminders import views as reminders
from inforo.replies import policy as replies_policy
from inforo.replies import views as replies
from inforo.reports import jobs as reports_jobs  # noqa: F401 (a sweep)
from inforo.reports import policy as reports_policy
from inforo.reports import views as reports
from inforo.responses import views as responses
from inforo.reviews import policy as reviews_policy
from inforo.reviews import views as reviews
from inforo.revisions import views as revisions
from inforo.rising import policy as rising_policy
from inforo.rising import views as rising
from inforo.sanctions import jobs as sanctions_jobs  # noqa: F401 (a sweep)
from inforo.sanctions import views as sanctions
from inforo.search import panels as search_panels  # noqa: F401 (fills places)
from inforo.search import views as search
from inforo.sharing import views as sharing
from inforo.signoffs import views as signoffs
from inforo.synonyms import views as synonyms
from inforo.takeouts import views as takeouts
from inforo.tending import jobs as tending_jobs  # noqa: F401 (so that the worker knows it)
from inforo.tidings import jobs as tidings_jobs  # noqa: F401 (so that the worker knows it)
from inforo.toolbox import policy as toolbox_policy
from inforo.toolbox import views as toolbox
from inforo.uploads import policy as uploads_policy
from inforo.uploads import views as uploads
from inforo.vocabularies import policy as vocabularies_policy
from inforo.vocabularies import views as vocabularies
from inforo.wiki import order_views as wiki_order  # noqa: F401 (more pages)
from inforo.wiki import policy as wiki_policy
from inforo.wiki import views as wiki
from inforo.wishes import views as wishes
from inforo.writing import views as writing

SLICES = (
    vocabularies,
    synonyms,
    municipalities,
    accounts,
    drafts,
    keeping,
    offices,
    reasons,
    notifications,
    groups,
    people,
    memberships,
    doors,
    handovers,
    sanctions,
    contacts,
    applications,
    registration,
    invitations,
    glossary,
    uploads,
    toolbox,
    contributions,
    writing,
    coauthors,
    capturing,
    revisions,
    linking,
    reviews,
    readings,
    nominations,
    releases,
    citations,
    adoptions,
    impacts,
    comparisons,
    confirmations,
    papers,
    learning,
    exchange,
    approvals,
    discussions,
    attachments,
    confidences,
    asking,
    arrivals,
    wishes,
    reminders,
    polls,
    rising,
    libraries,
    wiki,
    harvesting,
    outcomes,
    signoffs,
    openings,
    agenda,
    paths,
    collections,
    sharing,
    marking,
    reports,
    oversight,
    conversations,
    rearranging,
    objections,
    partnership,
    enquiries,
    responses,
    articles,
    events,
    moderation,
    protocols,
    desks,
    mailings,
    replies,
    digests,
    search,
    alerts,
    takeouts,
    pages,
)

POLICIES = SimpleNamespace(
    alerts=alerts_policy,
    approvals=approvals_policy,
    attachments=attachments_policy,
    vocabularies=vocabularies_policy,
    drafts=drafts_policy,
    glossary=glossary_policy,
    offices=offices_policy,
    groups=groups_policy,
    handovers=handovers_policy,
    people=people_policy,
    applications=applications_policy,
    invitations=invitations_policy,
    toolbox=toolbox_policy,
    contributions=contributions_policy,
    coauthors=coauthors_policy,
    capturing=capturing_policy,
    reviews=reviews_policy,
    collections=collections_policy,
    exchange=exchange_policy,
    discussions=discussions_policy,
    mailings=mailings_policy,
    replies=replies_policy,
    paths=paths_policy,
    adoptions=adoptions_policy,
    libraries=libraries_policy,
    polls=polls_policy,
    uploads=uploads_policy,
    contacts=contacts_policy,
    conversations=conversations_policy,
    reminders=reminders_policy,
    rising=rising_policy,
    harvesting=harvesting_policy,
    outcomes=outcomes_policy,
    reports=reports_policy,
    partnership=partnership_policy,
    rearranging=rearranging_policy,
    reasons=reasons_policy,
    editorial=editorial_policy,
    wiki=wiki_policy,
    enquiries=enquiries_policy,
    openings=openings_policy,
)
