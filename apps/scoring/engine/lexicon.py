"""Which English words does the engine know by function? Closed lists, no content of any rubric."""

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(phrase.strip() for phrase in text.split(";"))


ARTICLES: Final = _words(
    """
    a an the
    """
)
DETERMINERS: Final = _words(
    """
    a an the every each our its their your my his her this these
    """
)
PREPOSITIONS: Final = _words(
    """
    of in on at by for with from to into onto per over under between through about against
    during without within across via upon toward towards among
    """
)
CONJUNCTIONS: Final = _words(
    """
    and or but nor
    """
)
SUBORDINATORS: Final = _words(
    """
    because if when while that which who whose where since so than as unless although though
    whether until after before how why what
    """
)
AUXILIARIES: Final = _words(
    """
    is are was were be been being am has have had do does did can could will would shall
    should must may might cannot
    """
)
PRONOUNS: Final = _words(
    """
    we it they i you he she us them him me itself themselves
    """
)
OTHERS: Final = _words(
    """
    not no only also then there here very too more most less least same other another any
    all both some such just still even never always often once again up down out off
    """
)
FUNCTION: Final = (
    DETERMINERS
    | PREPOSITIONS
    | CONJUNCTIONS
    | SUBORDINATORS
    | AUXILIARIES
    | PRONOUNS
    | OTHERS
    | _words("those one two three first last s t don doesn isn aren")
)

# Small words that an answer may turn on: "first in, first out".
MEANT: Final = _words(
    """
    first last before after up down out all any both more less most least same only over under
    between one two three into each every once again through while until without
    """
)

# Words of praise and intent that say nothing about any one design.
HOLLOW: Final = _words(
    """
    robust scalable scalability efficient efficiently effective effectively optimal
    optimally optimize optimise improve improves improved improvement improvements enhance
    enhances ensure ensures ensuring leverage leverages leveraging utilize utilise best
    practice practices state art solution solutions system systems approach approaches
    strategy strategies technique techniques method methods various several many different
    appropriate suitable proper properly good better great high quality performance
    important critical crucial key comprehensive seamless powerful advanced modern
    innovative holistic consider considered consideration discuss discussed carefully handle
    handles handling use used uses using make makes made apply applied applies implement
    implements implemented implementing implementation design designed build built provide
    provides need needs needed want work works working help helps thing things way ways well
    overall general generally step steps part parts process processes team based etc
    additionally furthermore moreover result results value values significant significantly
    boost boosts increase increased reduce reduced achieve achieves achieved include
    includes including empower empowers deliver delivers enable enables support supports
    supported strengthen strengthens maximise maximises maximize maximizes maximised align
    aligns aligned orchestrate orchestrates synchronise synchronises synchronize yield yields
    facilitate facilitates streamline streamlines elevate elevates foster fosters harness
    harnesses reach reaches reached raise raises raised reflect reflects drive drives comprise
    comprises offer offers strongly synergy real world industry
    standard topic aspect aspects issue problem problems business model models
    data learning machine ml ai
    """
)

# As empty where they pile up: what could be said of any project, and of any part of any system.
ABSTRACT: Final = _words(
    """
    pillar pillars measure measures maturity index level levels degree efficiency effectiveness
    responsiveness responsive insight insights consistency consistent success successful ratio
    phase phases cycle cycles situation situations relevant relevance certainty potential uplift
    superior superiority benefit benefits complete completed refined refine adequate covered
    cover raised lifted lift balanced confirmed decisions decision cooperate capability
    capabilities dimension dimensions factor factors indicator indicators progress target
    targets milestone milestones portfolio framework frameworks standards competence flexible
    flexibility excellence excellent stakeholder stakeholders objective objectives objectively
    requirement requirements initiative initiatives activity activities action actions scenario
    scenarios element elements area areas category categories architecture infrastructure
    technology technologies functionality optimised optimized optimisation optimization mature
    smoothly smooth reliable reliably reliability sustainable sustainably substantial
    substantially considerable considerably notable notably remarkable impressive outstanding
    value added gain gains gained improvement growth grow grew feature features metric metrics
    pipeline pipelines service services component components module modules layer layers
    parameter parameters type types set sets stage stages function functions operation
    operations task tasks platform resource resources
    """
)

# Common enough in ordinary prose that one of them alone shows little.
COMMON: Final = _words(
    """
    label labels goal objective purpose aim mission sample sampled sampling log logs logged
    logging test tests experiment treatment split splits baseline baselines validation
    holdout hashed stages candidates storage database cache cached caching client browser
    queue context category price duration description tags season weather network location
    device popularity popular recency window windows default defaults memory interpretable
    interpretability attention decision alternatives alternative advantages drawback prefer
    versus chosen loss optimizer epochs dropout freeze freezes trials tuning tuned slices
    serving response endpoint budget timeout timeouts retry retries rejected negative
    negatives impressions ratings likes reviews skips surveys implicit explicit bias biased
    audit audited failure failures fails outage outages downtime crash crashes alert alerts
    alarm alarms notify notified incident drill security abuse fraud attack attacks privacy
    private consent deletion retention diversity freshness fresh stale daily nightly hourly
    weekly explore exploration gate checklist promote promoted ramp rollout revert reverted
    pinned monitor monitoring monitored dashboard dashboards tracked telemetry drift skew
    degradation seasonality threshold degrade replica replicas replication redundancy
    retrain update automated automatically trigger decay iterate iteration worth ordered
    question assumption assumptions latency throughput constraint constraints availability
    battery complaints hides dislikes proxies rewards gaming complete completed schema range
    entities corpus dataset metadata transactions retrieval encoder classifier detector
    generator decoder tagger gateway frontend microservice protocol payload contract
    asynchronous synchronous responsible layers layered overview roadmap evolve seeds trend
    precision recall accuracy calibration offline online personalization personalisation
    countries languages slots synonyms cropped crop flip tokens frames cleaned cleaning clip
    null outlier outliers aggregate join joins transform ingest streaming reservoir
    stratified duplicates pruning pruned compressed stateless partitioned scaling pairwise
    pointwise imbalance milliseconds ms percentile cheaper conflicting disagree balance
    replay interactions questionnaire crawl sensors warehouse compression archived guideline
    fallback fold folds funnel modular phase legend diagram seen exact options investigate
    histogram escalate unavailable cascading degenerate paged pager chaos rehearse rehearsed
    forgetting extension extensions extend misuse manipulation spam encryption encrypted
    authentication attackers bots saves inflated lags lagging delayed tokenizer scaled
    embedded bucket encoded redact dropped drop excluded truncated genre topic topics brand
    pixel distribution prevalence cutoff missed crawled licensed shadow canary interference
    novelty variance contamination regret holdouts checkpoints checkpoint convergence
    speedup bottleneck saturated headroom sharding
    """
)

# Beside a claim, these show why it is made ...
REASONS: Final = _phrases(
    """
    because; since; so that; therefore; hence; due to; thus; in order to; otherwise;
    as a result; which means; this means; that means; which lets; which keeps; which gives;
    to avoid; to keep; to reduce; to prevent; to save; to make sure; so we; so it; so the;
    so a; so they; the reason; that is why; this is why; as it; as they; given that;
    for the sake; leads to; would otherwise; matters; needs to be; so one; so no; reason;
    this lets; this keeps; this avoids; this prevents; helps us; allows us; which avoids;
    which would; which can; in case; so users; so new
    """
)

# ... and these, what it was weighed against.
CONTRASTS: Final = _phrases(
    """
    instead of; rather than; versus; vs; but; however; although; though; whereas; while;
    unless; compared to; compared with; alternative; alternatively; trade off; tradeoff;
    trade offs; at the cost of; even if; even though; despite; on the other hand; the downside;
    the upside; drawback; not enough; too slow; too expensive; too costly; cheaper than;
    faster than; better than; worse than; more than; costs more; only when; only if; risk;
    could also; would also; prefer; over time but; at the expense of
    """
)

# Speaks to whoever scores, not of the design ...
TO_SCORER: Final = _words(
    """
    rubric examiner examiners
    """
)
# ... as do three of these in one line; a design may well have graded relevance or assessors.
OF_SCORING: Final = _words(
    """
    criterion criteria level score scored scoring marks award awarded assign fulfilled fulfils
    candidate grade grades graded grader graders band evaluator evaluators assessor assessors
    """
)

# What goes with weighing: a condition, a limit, a refusal, a consequence.
WEIGHING: Final = _words(
    """
    because since so therefore hence otherwise instead rather but not unless until if when only
    would than while although however risk avoid cost costs cheaper worth enough
    """
)

# What a number may count.
UNITS: Final = _words(
    """
    ms s sec secs second seconds minute minutes min hour hours h day days week weeks month
    months year years percent pct gb tb mb kb pb k m b bn mn million billion thousand
    trillion x times qps rps tps d dim dims dimensional points point gpu gpus cents dollars
    eur usd bits bit layers trees fold
    """
)

NUMBER_WORDS: Final = _words(
    """
    two three four five six seven eight nine ten twelve twenty thirty forty fifty hundred
    half third quarter dozen twice
    """
)

# Deny what follows.
NEGATORS: Final = _words(
    """
    not no never without neither nor none nothing nobody cannot can't don't doesn't didn't won't
    isn't aren't wasn't weren't shouldn't wouldn't couldn't haven't hasn't ignore ignores
    ignoring ignored skip skipping omit omits omitted avoid avoids avoiding lack lacks
    lacking forget forgot exclude dont doesnt didnt wont isnt refuse refuses unnecessary
    decline against
    """
)

# Deny what stands before: "X is left out", "X is overkill".
BACKWARD: Final = _phrases(
    """
    left out; is overkill; not needed; unnecessary; is skipped; are skipped; is omitted;
    are omitted; is not used; are not used; not used; not necessary; not required; is ignored;
    are ignored; not considered; not planned; not done; not applied; not included; not part of;
    does not matter; do not matter; makes no sense; is not; are not; was not; were not;
    will not be; won't be; isn't; aren't; never happens; is missing from our;
    out of the question; not important; not relevant; has no place; have no place;
    plays no role; play no role; not something we; never used; never; should be avoided;
    is absent; are absent; is pointless; is useless; is a waste; not implemented; not exist;
    don't exist; doesn't exist; not be
    """
)

# Look negative and are not: what follows stands.
PSEUDO: Final = _phrases(
    """
    not only; not just; no more than; no fewer than; not fewer than; neither more nor less;
    not until; not unless; not below; not above; not under; not over; not once; not all; not every;
    not everybody; not everyone; not merely; not simply; not the same; not larger than;
    not longer than; not later than; not older than; not worse than; no older than; no larger than;
    no higher than; no lower than; no worse than; no sooner; no matter; no two; never more than;
    never less than; never exceed; never exceeds; never below; never above; never before;
    without asking; without knowing; without stopping; without loss; without delay;
    nothing but; no obstacle; nobody else; nobody else's; not before; not even; not least;
    not clicked; not click; not watched; not seen; not shown;
    not interested; no longer than; no more than; no less than; not more than; not less than;
    not exceed; no later than; no worse; not drop; not get worse; not rise; not regress;
    not degrade; not hurt; not fall; not grow; not a negative; not a no; not mean;
    not necessarily; not always; not yet; cannot see; no history; no label; no labels;
    no clicks; no click; no network; no user sees; no user; cannot score all; cannot scale;
    cannot keep up; not available; not logged; not recorded; not missing at random; skip rate;
    skip rates; avoid leakage; avoid skew; avoid leaks; avoid stale; prevents; not finished;
    not leak; not leave; without showing; without user; without users; without changing;
    without retraining; without affecting; without history; without exact; not tell;
    does not capture; does not measure; not differentiable; not arrive; not answer; not respond;
    not pressing; not fit; not enough; not representative; not scroll; avoid training;
    avoid overfitting; avoid bias; avoid position; avoid peeking; no peeking; nothing personal;
    no single; no one; without waiting; no slice; not by; not at random; not randomly;
    not a random; not random; not accuracy; no extra; avoid clickbait; avoid serving;
    avoid training serving; avoid train; avoid data; avoid recomputing; avoid showing;
    skipped items; skip and; skips and; not clicks; not block; not wait; not lose; not see;
    not use raw; not depend; without losing; without a deploy; no downtime; without downtime;
    not wake; not shared; no data on; never seen; never shown; never watched
    """
)

# Begin a clause in which a denial is a case that may come, or says which one is meant.
CASES: Final = _words(
    """
    if when where whenever wherever until unless once
    """
)
RELATIVES: Final = _words(
    """
    who which that whose
    """
)

# End the reach of a denial.
CLAUSE_ENDS: Final = _words(
    """
    but however although though whereas while because since so instead rather which
    therefore then
    """
)
