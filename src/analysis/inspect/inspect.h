/*
 * Compares a trace with the rules: which rules of the RFCs apply in it, for
 * which role of node, which were kept and which were broken. A rule is a row
 * of rules/rules_table.h; inspect/clauses.h says whom it binds, how grave it
 * is and how it is checked. docs/INSPECT.md has the rest.
 *
 * A finding is what the trace proves. If something may have happened without
 * being seen (before a capture begins, or beyond its capture point), nothing
 * is found.
 */
#ifndef INSPECT_INSPECT_H
#define INSPECT_INSPECT_H

#include "measures/measures.h"
#include "role/role.h"
#include "trace/reader.h"

/* X(ID, name, what it means).  This name and the other ones below are in
 * English in files for programs; code that shows one translates it. */
#define INSPECT_SEVERITIES(X)                                               \
	X(ERROR, N_("error"), N_("the RFC's MUST is broken"))               \
	X(WARNING, N_("warning"),                                           \
	    N_("the RFC's SHOULD is not followed, or it is known to cause " \
	       "harm"))                                                     \
	X(REMARK, N_("remark"), N_("allowed, but worth knowing"))

enum inspect_severity {
#define X(id, name, text) INSPECT_##id,
	INSPECT_SEVERITIES(X)
#undef X
	    INSPECT_SEVERITY_COUNT
};

/* X(ID, name): how sure a node's roles are. */
#define INSPECT_SURE(X)       \
	X(KNOWN, N_("known")) \
	X(SEEN, N_("seen"))   \
	X(GUESSED, N_("guessed"))

enum inspect_sure {
#define X(id, name) INSPECT_##id,
	INSPECT_SURE(X)
#undef X
};

/* X(ID, name): what became of a clause. */
#define INSPECT_CELLS(X)              \
	X(NEVER, N_("never seen"))    \
	X(EXERCISED, N_("exercised")) \
	X(PART, N_("in part"))        \
	X(KEPT, N_("kept"))           \
	X(BROKEN, N_("broken"))

enum inspect_cell {
#define X(id, name) INSPECT_##id,
	INSPECT_CELLS(X)
#undef X
};

/* X(ID, name): what a clause is about. */
#define INSPECT_AREAS(X)              \
	X(FORMAT, "format")           \
	X(TRANSACTION, "transaction") \
	X(DIALOG, "dialog")           \
	X(SESSION, "session")         \
	X(SERVER, "server")           \
	X(EVENT, "event")             \
	X(SECURITY, "security")       \
	X(SERVICE, "service")         \
	X(MEDIA, "media")             \
	X(SURVEILLANCE, "surveillance")

enum inspect_area {
#define X(id, name) INSPECT_AREA_##id,
	INSPECT_AREAS(X)
#undef X
};

extern const char *const inspect_severity_names[];
extern const char *const inspect_sure_names[];
extern const char *const inspect_cell_names[];
extern const char *const inspect_area_names[];

/* A clause that is checked: a row of inspect/clauses.h. */
struct inspect_clause {
	enum rule_id rule;
	enum inspect_severity severity;
	enum inspect_area area;
	unsigned roles; /* bits, 1 << enum role_class */
	/* What exercises it, or with `relation`, of a row of
	 * inspect/relations.h, what the section asks; untranslated. */
	const char *when;
	bool relation;
};

size_t inspect_clause_count(void);
const struct inspect_clause *inspect_clause_at(size_t i);

struct inspect_finding {
	size_t clause;
	enum role_class role;
	uint32_t file;   /* of the report */
	uint32_t node;   /* trace_name, or TRACE_NO_NODE */
	struct str name; /* of the node */
	uint64_t seq;    /* its record, the first where there are several */
	int64_t t;
	uint64_t count;  /* how often that node did the same */
	uint64_t meant;  /* record of the fault or act behind it; 0: none */
	size_t reading;  /* 1 + row of inspect/node_class.c; 0: none */
	struct str text; /* the finding, in the user's language */
};

/* What happened to one rule, by role. */
struct inspect_row {
	uint64_t seen[ROLE_CLASS_COUNT]; /* came up, nothing was decided */
	uint64_t kept[ROLE_CLASS_COUNT], broken[ROLE_CLASS_COUNT];
	bool doubted[ROLE_CLASS_COUNT];   /* a message may have broken it */
	uint64_t meant[ROLE_CLASS_COUNT]; /* of those broken */
};

struct inspect_node {
	struct str name;
	uint32_t file;
	unsigned roles; /* bits */
	enum inspect_sure sure;
};

/* One trace of the report. */
struct inspect_file {
	struct str name, title;
	struct str trouble; /* why it could not be read; empty: it was */
	bool capture;       /* seen from outside: not all is in it */
	uint64_t records, messages;
	/* of a sample: calls inspected, and all there are; 0, 0: all were */
	uint64_t sampled, calls;
	bool named;        /* no sample: the user has named those calls */
	unsigned profiles; /* bits (inspect/profile.c) */
};

/* RFC 6076: delays in ns, in ascending order. */
struct inspect_delays {
	int64_t *ns;
	size_t n, cap;
};

struct inspect_metrics {
	uint64_t attempts[MEASURE_KIND_COUNT], done[MEASURE_KIND_COUNT];
	uint64_t redirected;  /* INVITEs with a 3xx at the end (4.6) */
	uint64_t asked;       /* … with a 401, 402 or 407 (4.7) */
	uint64_t effective;   /* answered, or rejected by the user (4.7) */
	uint64_t ineffective; /* failed by a server or the network (4.8) */
	uint64_t messages, retx;
	struct inspect_delays delays[MEASURE_KIND_COUNT]; /* of successes */
	struct inspect_delays failed;    /* 4.3.2: of INVITEs that failed */
	struct inspect_delays durations; /* 4.5: from the 2xx to the BYE */
};

/* What became of the media of one call, in one sentence. */
struct inspect_verdict {
	uint32_t file;        /* of the report */
	uint64_t seq;         /* the record that shows it first */
	struct str call;      /* Call-ID */
	struct str text;      /* in the user's language */
	struct str node, set; /* what may help: "sbc", "latching=true"; or "" */
	bool tried, helps;    /* it was tried; it does */
	bool good;            /* all sides hear their streams */
	bool well;            /* and nothing is amiss with these */
};

struct troubles;

/* What was found so far; in order after inspect_finish. */
struct inspect_report {
	struct inspect_finding *findings;
	size_t nfindings;
	/* Findings that were provoked on purpose, and by severity the
	 * others. */
	uint64_t meant, count[INSPECT_SEVERITY_COUNT];
	struct inspect_node *nodes;
	size_t nnodes;
	struct inspect_file *files;
	size_t nfiles;
	struct inspect_row *rows; /* by rule */
	struct inspect_verdict *verdicts;
	size_t nverdicts;
	struct inspect_metrics metrics;
	struct troubles *troubles; /* calls that did not go well */
};

struct inspect;

/* SAMPLE calls of each trace are inspected, those whose Call-IDs have the
 * lowest str_hash; 0: all.  0 or ERR_NOMEM. */
int inspect_create(struct inspect **in, uint64_t sample);
void inspect_destroy(struct inspect *in);
struct inspect_source {
	struct str name; /* what the file is called */
	/* Where the trace is a part of the file already: its calls (0: they are
	 * counted), and all there are. */
	uint64_t sampled, calls;
	/* Inspects only the calls whose Call-IDs begin with one of these. */
	const char *const *only;
	size_t nonly;
	/* Not the first of several parts of one file, each with calls of its
	 * own: it is added to what was taken last, its records are numbered
	 * behind those.  What two calls in different parts have in common (a
	 * branch, a nonce) is not compared. */
	bool more;
	bool part; /* the first of several parts, or a further one */
	/* The run goes on: what only its end can tell is not checked. */
	bool goes_on;
};
/* Adds what T shows; T may be freed afterwards.  0 or ERR_NOMEM. */
int inspect_take(struct inspect *in, const struct trace *t,
    const struct inspect_source *from);
/* Adds a file of which nothing is known but TROUBLE. */
int
inspect_take_trouble(struct inspect *in, struct str name, struct str trouble);
/* Puts findings into order and ends the report; once, after the last file. */
int inspect_finish(struct inspect *in);

/* What may help by verdict I was tried: OTHER is the report of the same run
 * with it; NULL: it can't be had.  So it is for each verdict that has the same.
 */
void
inspect_note_tried(struct inspect *in, size_t i, const struct inspect *other);

const struct inspect_report *inspect_report(const struct inspect *in);
enum inspect_cell
inspect_cell_of(const struct inspect *in, enum rule_id rule, enum role_class r);
/* The clause that checks RULE, or NULL: no check of its own. */
const struct inspect_clause *inspect_clause_of(enum rule_id rule);
/* How many sentences of RULE are checked; *ALL: that a trace can show. */
unsigned inspect_sentences(enum rule_id rule, unsigned *all);
/* The Ith sentence of RULE that nothing checks (inspect/unchecked_sentences.h),
 * untranslated; NULL: there are no more. */
const char *inspect_open_sentence(enum rule_id rule, unsigned i);

/* X(ID, key, name, section of RFC 6076) */
#define INSPECT_DELAYS(X)                                                      \
	X(RRD, "registration-request-delay", N_("registration request delay"), \
	    "4.1")                                                             \
	X(SRD, "session-request-delay", N_("session request delay"), "4.3.1")  \
	X(SRD_FAILED, "failed-session-request-delay",                          \
	    N_("session request delay of failures"), "4.3.2")                  \
	X(SDD, "session-disconnect-delay", N_("session disconnect delay"),     \
	    "4.4")                                                             \
	X(SDT, "session-duration-time", N_("session duration time"), "4.5")

enum inspect_delay {
#define X(id, key, name, section) INSPECT_##id,
	INSPECT_DELAYS(X)
#undef X
	    INSPECT_DELAY_COUNT
};

#define INSPECT_RATIOS(X)                                                   \
	X(REGISTERED, "registration-ratio", N_("successful registrations"), \
	    "4.1")                                                          \
	X(SER, "session-establishment-ratio",                               \
	    N_("session establishment ratio"), "4.6")                       \
	X(SEER, "session-establishment-effectiveness-ratio",                \
	    N_("session establishment effectiveness ratio"), "4.7")         \
	X(ISA, "ineffective-session-attempts",                              \
	    N_("ineffective session attempts"), "4.8")                      \
	X(SCR, "session-completion-ratio", N_("session completion ratio"),  \
	    "4.9")                                                          \
	X(RETX, "repeated-messages", N_("retransmitted messages"), "")

enum inspect_ratio {
#define X(id, key, name, section) INSPECT_##id,
	INSPECT_RATIOS(X)
#undef X
	    INSPECT_RATIO_COUNT
};

struct inspect_figure {
	const char *key, *name, *section; /* name: untranslated */
};

extern const struct inspect_figure inspect_delay_figures[];
extern const struct inspect_figure inspect_ratio_figures[];
const struct inspect_delays *
inspect_delays(const struct inspect *in, enum inspect_delay d);
/* Ratio R is *PART of *ALL. */
void inspect_ratio(const struct inspect *in, enum inspect_ratio r,
    uint64_t *part, uint64_t *all);

/* The P-th percentile (0 … 1) of D, or -1. */
int64_t inspect_percentile(const struct inspect_delays *d, double p);
int64_t inspect_mean(const struct inspect_delays *d);

#endif
