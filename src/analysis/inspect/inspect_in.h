/*
 * Declarations shared by the files of src/analysis/inspect: the state of
 * transactions, dialogs and calls while a trace goes by, and a check's view of
 * one moment.
 */
#ifndef INSPECT_INSPECT_IN_H
#define INSPECT_INSPECT_IN_H

#include "base/arena.h"
#include "base/map.h"
#include "inspect/inspect.h"
#include "inspect/relation.h"
#include "msg/constants.h"
#include "msg/message.h"
#include "msg/parts.h"
#include "msg/sdp.h"
#include "follower/follower.h"
#include "follower/b2bua_changes.h"
#include "follower/related_calls.h"

/* When a check is asked. */
enum moment {
	AT_SENT,     /* a message leaves a node for the first time */
	AT_REPEAT,   /* the same again */
	AT_RELATION, /* AT_SENT, for a row of inspect/relations.h */
	AT_LOCATED,  /* a request that goes by a name, where the DNS is seen */
	AT_TX,       /* the trace is over: each transaction */
	AT_DIALOG,   /* each dialog of a user agent */
	AT_SERVICE,  /* a message of another protocol leaves a node */
	AT_QUESTION, /* the trace is over: each question of one */
	AT_STREAM,   /* each stream of media */
	AT_SIDE,     /* each side of a call with media */
	AT_ATTACK,   /* the trace is over: what a node does to another */
	/* Of GB/T 28181 (inspect/surveillance.h). */
	AT_COMMAND, /* a body of MANSCDP leaves a node */
	AT_BEAT,    /* a keep-alive is answered */
	AT_VIEW,    /* a view is asked for, or answered by a 2xx */
	AT_HEARD,   /* its stream is heard from somewhere */
	AT_QUERY,   /* the trace is over: each query of MANSCDP */
	AT_VIEWED,  /* each view */
	MOMENT_COUNT
};

enum verdict {
	SILENT,  /* the check does not apply here */
	SEEN,    /* it applies, but nothing can be proved */
	DOUBTED, /* the same, and something is not as it should be */
	KEPT,
	BROKEN,
};

struct call {
	uint64_t fault;    /* the first record of a fault or an act; 0 */
	uint64_t fault_of; /* and the message that it struck */
	bool left_out;     /* of a sample */
	bool tagged;       /* it has a dialog, and so tags at both ends */
};

struct told;
struct question;
struct media_call;
struct media_side;
struct media_stream;
struct gb_beat;
struct gb_query;
struct gb_view;
struct attack;

/* X(id, name, type): a table for each type that is kept under keys of texts. */
#define INSPECT_TABLES(X)                                                      \
	X(ATTEMPT, attempt,                                                    \
	    struct followed_tx) /* the same request, wherever it goes */       \
	X(PLACE, place, struct followed_tx)    /* the last one to a place */   \
	X(TOLD, told, struct told)             /* answers of the DNS */        \
	X(MAPPED, mapped, struct addr)         /* what STUN has told a node */ \
	X(QUESTION, question, struct question) /* of a service */              \
	X(ANSWERED, answered,                                                  \
	    struct question)               /* by the record of its answer */   \
	X(MEDIA, media, struct media_call) /* by Call-ID */                    \
	X(MEDIA_NAME, media_name,                                              \
	    struct media_call)                     /* by its name at a node */ \
	X(DESCRIBED, described, struct media_side) /* by where it waits */     \
	X(SOURCE, source, struct media_stream)     /* by SSRC */               \
	X(TO, to, struct media_stream)             /* by where it goes */      \
	X(BEAT, beat, struct gb_beat)              /* by device */             \
	X(BEAT_AT, beat_at, struct gb_beat)        /* by its address */        \
	X(QUERY, query, struct gb_query)           /* by platform and SN */    \
	X(VIEW, view, struct gb_view)              /* by Call-ID */            \
	X(ATTACK, attack, struct attack)           /* by node, and to whom */  \
	X(HEARD_FROM, heard_from, struct str) /* where a view is heard from */

enum {
#define X(id, name, type) INSPECT_TABLE_##id,
	INSPECT_TABLES(X)
#undef X
	    INSPECT_TABLE_COUNT
};

/* Of what a number is kept, mostly the record that has it so. */
enum mark {
	MARK_BRANCH, /* what was sent with a branch */
	MARK_ASKS,   /* the last request with one */
	MARK_WENT,   /* a node has sent there */
	MARK_USED,   /* … for a host */
	MARK_SPEAKS, /* … by a transport */
	MARK_ASKED,  /* a node has asked for SRV or NAPTR records of a domain */
	MARK_SERVES, /* it answers questions */
	MARK_TOLD_ADDRESS, /* it was told the address */
	MARK_FLOW,         /* where it registers flows */
	MARK_NAMED,        /* a name of the DNS that SIP needs */
	MARK_UNNAMED,      /* whose lookup has failed */
	MARK_UNTAGGED,     /* a 2xx without a tag */
	MARK_EVENT,        /* a subscription */
	MARK_SUBSCRIBER,   /* a subscriber */
	MARK_NONCE_TO,     /* whom a nonce was used to */
	MARK_COUNT,        /* its last nc */
	MARK_COUNTED,      /* and whose that was */
	MARK_ANSWER_USED,  /* a response of digest */
	MARK_LOOP,         /* a request that a node has forwarded */
	MARK_REGISTRAR,    /* where a user registers */
	MARK_REGISTER,     /* and its last CSeq */
	MARK_SESSION,      /* a version of a description */
	MARK_TRIED,        /* a request before its credentials */
	MARK_NONCE,        /* the challenge that gave a nonce … */
	MARK_NONCE_USED,   /* … the last credentials with it … */
	MARK_NONCE_TAKEN,  /* … and what took those before */
	MARK_NOTIFIED,     /* the last NOTIFY of a subscription */
	MARK_CHANGE, /* the last INVITE or UPDATE of a dialog's side … */
	MARK_CHANGE_BEFORE, /* … and the one before */
	MARK_PUBLISHED, /* the last 2xx to a publication of a resource … */
	MARK_PUBLISHES_ANEW, /* … the last one that replaces none … */
	MARK_PUBLISHES,      /* … and how many of these there were */
	MARK_REFERRED,       /* a REFER, by whom it asks to call whom */
	MARK_STRUCK,         /* a fault, by what it struck */
	MARK_ALTERED,        /* a fault that changed a message */
	MARK_ANSWERED,       /* when a call was answered */
	MARK_RECORDED,       /* a second of which there is a recording */
	MARK_FINDING,        /* 1 + its place in the report */
	MARK_NODE,           /* it is in the report */
	/* Of inspect/attacks.c: whom a node has asked for … */
	MARK_ATTACK_ASKED,
	MARK_ATTACK_MISSED,  /* … who does not exist */
	MARK_ATTACK_THERE,   /* a user who does */
	MARK_ATTACK_DIALLED, /* a number as it was dialled */
	MARK_ATTACK_GOOD,    /* a nonce with which a password was right */
	MARK_ATTACK_TRIED,   /* a response that tries a password */
	MARK_ATTACK_OWNER,   /* 1 + the node that has made a binding */
	MARK_ATTACK_PART,    /* a node, or an address, takes part in a call */
	MARK_ATTACK_BYE,     /* a BYE in a party's name, from somewhere else */
};

/* A session description: what must not change in it, and what may. */
struct description {
	/* Hashes: o= without its version; user and session of o=, which boxes
	 * leave when they put their address there. */
	uint64_t origin, session;
	int64_t version; /* -1: none that can be read */
	bool there;
};

/* What inspect notes of a transaction, next to its followed_tx (tx_facts). */
struct tx_facts {
	struct call *call;

	/* The request. */
	bool altered; /* a fault has changed it: its client has sent another */
	bool rport_asked;
	bool closed; /* its body can't be looked into: it may have an offer */
	bool may_be_reliable; /* 100rel is in Supported or Require */
	struct str route;     /* the first Route */
	size_t nroutes;
	uint32_t source; /* of an offer: inspected_ssrc */
	struct description description;

	/* Its responses. */
	size_t challenges;     /* in the final one */
	bool misanswered;      /* by a response with another CSeq */
	struct str other_tag;  /* of a later final one: its server knew nothing
				* of the first any more */
	int64_t t_provisional; /* when its server sent the last one, or 0 */
	/* The first response whose Via has received, the first without it, and
	 * the node that sent the latter. */
	uint64_t received, no_received;
	uint32_t no_received_by;

	/* The ACK for a rejection. */
	bool misacked; /* by one with another CSeq or branch */

	/* Where it may go (inspect/locate.h): SRV records, or addresses; NULL:
	 * that was not seen. */
	struct told *places;
	unsigned attempt; /* the same request, tried so often before */
	bool moved_on;    /* and tried once more behind this */
};

/* A request of its own may have waited for an address when the other came: then
 * it goes out right after that. */
#define INSPECT_WAITING_NS INT64_C(500000000)

/* What inspect notes of a dialog, next to its followed_dialog (dialog_facts).
 */
struct dialog_facts {
	struct call *call;
	bool offer_in_ok; /* its last 2xx has an offer */
	bool renamed;     /* what made it has others' URIs than its request */
	bool misacked;    /* an ACK had the CSeq of no INVITE */
	uint32_t acked;   /* the CSeq of this side's last ACK for a 2xx */
	/* Got a 491 with nothing pending: the last of these, which a request
	 * that follows at once may still excuse, and the first of the others.
	 */
	struct followed_tx *glared, *first_glared;
	uint64_t described;     /* the record of this side's last description */
	struct description sdp; /* that */
	uint64_t ending; /* the record by which a subscription ends … */
	int64_t
	    t_ending; /* … then, without a NOTIFY that says so; 0: one has */
	uint64_t notified; /* this side's last NOTIFY */
};

struct node {
	unsigned roles;
	enum inspect_sure sure;
	uint64_t crash; /* the record of its crash, 0: none */
	uint64_t lost;  /* where it lost what it knew (a crash, a reset), 0 */
	int64_t t_sent; /* when it sent its last message of SIP */
	bool media;     /* it tells what it does with media */
};

/* A message or moment, and its context. */
struct inspected_message {
	struct inspect *in;
	const struct trace *t;
	uint64_t seq;
	int64_t time;
	uint32_t node, other; /* who acts, and the far side */
	bool forwarded;
	struct trace_send send;
	const struct msg *msg;
	enum msg_fault fault;
	struct str fault_at;
	bool read; /* Via and CSeq can be used */
	struct msg_via via;
	unsigned nvias;
	struct msg_cseq cseq;
	struct str from_tag, to_tag;
	struct str sdp; /* its session description */
	bool has_sdp;
	struct call *call;
	struct followed_message
	    *seen; /* the message for the follower, or NULL */
	/* As there. */
	struct followed_tx *tx, *like, *came;
	struct b2bua_passage made; /* of what a box has made it; .to 0: none */
	struct followed_dialog *dialog; /* of `node` */
	enum rule_id rule;              /* that the record names */
	uint64_t raw; /* the record that had this message written so; 0: none */
	/* Of another protocol than SIP (inspect/dns_stun_queries.h): the
	 * question that it is about, or NULL; hash of what an answer was asked.
	 */
	enum trace_proto proto;
	struct question *question;
	uint64_t asked;
	struct str name;       /* that */
	bool answers;          /* it is an answer of the DNS */
	bool unmasked;         /* a frame of WebSocket that may not be */
	const struct hop *hop; /* of a request (inspect/locate.h) */
	/* Of media (inspect/media.h). */
	struct media_stream *stream;
	struct media_side *side;
	/* Of GB/T 28181 (inspect/surveillance.h). */
	const struct manscdp *command;
	struct gb_beat *beat;
	struct gb_query *query;
	struct gb_view *view;
	const struct attack *attack;
	/* Set by a check: the record that it speaks of, the node whose doing it
	 * is, and the role of that node (ROLE_CLASS_COUNT: inspected_role's).
	 */
	uint64_t at;
	uint32_t blame;
	enum role_class as;
	struct buf *why;
	const char *same; /* as `why` without what was measured, or NULL */
	const struct check *check; /* the check that is asked */
};

typedef enum verdict check_fn(struct inspected_message *l);

/* VALUE is a challenge, or credentials. */
typedef enum verdict
credentials_fn(struct inspected_message *l, struct str value);

struct check {
	struct inspect_clause clause;
	enum moment moment;
	check_fn *fn;
	/* What a check that several rows share inspects; 0 or NULL elsewhere.
	 */
	unsigned faults; /* 1 << enum msg_fault */
	unsigned status; /* or its class */
	enum msg_method method;
	credentials_fn *judge;
	struct relation relation;
};

/* A message that was read, for who asks for it again soon. */
struct read_message {
	uint64_t seq; /* its `send`; 0: none, or it came otherwise */
	struct msg *msg;
	enum msg_fault fault;
	struct str at;    /* the fault */
	struct buf bytes; /* where they are not the trace's */
};
/* A proxy forwards what came to it as the last or the one before. */
#define INSPECT_READ 4
/* More than may be asked for while a message is inspected. */
#define INSPECT_OTHERS (OTHER_MESSAGE_COUNT + 2)

struct inspect {
	uint64_t sample; /* calls of each trace; 0: all */
	struct inspect_report report;
	size_t findings_cap, nodes_cap, files_cap, verdicts_cap;
	struct arena *texts; /* of the report */
	struct map *rules;   /* of rules that were met: key → rule */
	/* Of the file, of which the trace may be a part: records before it;
	 * findings and nodes by what they are about. */
	uint64_t before;
	struct map *found;
	/* Of the trace that goes by. */
	bool whole; /* a run: every message is in it */
	bool named; /* an answer of the DNS was seen (inspect/locate.h) */
	struct arena *arena;
	struct map *calls;                       /* by Call-ID */
	struct map *tables[INSPECT_TABLE_COUNT]; /* by inspect_key */
	struct map *numbers;                     /* by inspect_mark */
	struct map *texts_kept;
	struct node *node;
	size_t node_n;
	struct follower *follower;
	struct outcomes *outcomes;  /* told by the same follower */
	struct tx_facts **tx_facts; /* owned; by a transaction's id */
	size_t tx_facts_cap;
	struct dialog_facts **dialog_facts; /* owned; by a dialog's id */
	size_t dialog_facts_cap;
	struct question *first_question, **last_question;
	struct media_call *first_media, **last_media;
	bool has_media;  /* the trace; of others media are passed over */
	bool names_read; /* by dns_stun_queries.c */
	struct related_calls *related;
	/* Of GB/T 28181: queries, views (the last first), whether there was
	 * anything of it so far. */
	struct gb_query *first_query, **last_query;
	struct gb_view *views;
	bool surveillance;
	bool partial; /* calls were left out that belong to others */
	const struct check **checks;            /* owned; by moment … */
	size_t moments[MOMENT_COUNT + 1];       /* … which begin there */
	struct read_message last[INSPECT_READ]; /* the last that were read … */
	unsigned nread;     /* … and how many there were */
	struct msg *source; /* inspected_source's, where it is read again */
	const struct msg *source_msg; /* that, or NULL: it can't be read … */
	uint64_t source_seq; /* … of the record that forwards it; 0: none */
	bool altered;        /* a fault has changed a message on its way */
	/* The description of a message that was read last (inspected_sdp), of
	 * which record, and the first line that can't be read. */
	struct msg_sdp *sdp;
	uint64_t sdp_seq;
	struct str sdp_of, sdp_at;
	bool sdp_good;
	struct relating *relating; /* owned; inspect/relating.h */
	struct read_message others[INSPECT_OTHERS]; /* inspected_other's … */
	uint64_t others_for[INSPECT_OTHERS]; /* … asked for of which record */
	unsigned nothers;                    /* … and how many there were */
	struct sent_message
	    read;          /* the record's; what its `send` points into … */
	uint64_t has_read; /* … of record_take_message, its number; or 0 */
	struct buf bytes, own, bytes2, key, why, fields, source_bytes;
	uint64_t digest[2]; /* of the last inspect_join_key */
	int64_t t_end;
	int err;
};

/* ---- profile.c: standards that have clauses otherwise than an RFC ---- */

/* 1 + the row by which what L's check has found is as a standard has it; 0:
 * none. Of which standards a trace is may show later: */
size_t profile_reading(struct inspected_message *l);
/* Findings that a standard of their trace has so are taken back, and count as
 * exercised. */
void profile_settle(struct inspect *in);

/* ---- inspect.c ---- */

/* The wording of a finding, translated by the caller (inspected_message.c). */
void inspected_say(struct inspected_message *l, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* The same where the words name what was measured or met: numbers, addresses,
 * URIs.  With others it is the same mistake. */
void inspected_measured(struct inspected_message *l, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* Asks CHECK, which may be asked of L. */
void inspect_ask(struct inspected_message *l, const struct check *check);
/* Runs the checks of MOMENT. */
void inspect_look(struct inspected_message *l, enum moment moment);

/* The notes about TX, and about D. */
static inline struct tx_facts *
tx_facts(const struct inspected_message *l, const struct followed_tx *tx)
{
	return l->in->tx_facts[tx->id];
}

static inline struct dialog_facts *
dialog_facts(const struct inspected_message *l, const struct followed_dialog *d)
{
	return l->in->dialog_facts[d->id];
}

/* As the follower finds them for L's message. */
static inline struct followed_tx *
inspect_find_tx(const struct inspected_message *l, struct str method)
{
	return follower_find_tx(l->in->follower, l->seen, method);
}

static inline struct followed_tx *
inspect_find_branch(const struct inspected_message *l, struct str method)
{
	return follower_find_branch(l->in->follower, l->seen, method);
}

static inline struct followed_tx *
inspect_find_any_branch(const struct inspected_message *l, struct str first)
{
	return follower_find_any_branch(l->in->follower, l->seen, first);
}

static inline struct followed_tx *
inspect_find_invite(const struct inspected_message *l)
{
	return follower_find_invite(l->in->follower, l->seen);
}

/* ---- seen_numbers.c ---- */

int inspect_make_tables(struct inspect *in); /* 0 or ERR_NOMEM */
void inspect_free_tables(struct inspect *in);
/* A key of N pieces, which are the arguments of inspect_key and, for a number,
 * of inspect_mark; valid until the next call. */
struct str inspect_join_key(
    struct inspect *in, unsigned mark, const struct str *pieces, size_t n);
#define INSPECT_PIECES(...)            \
	(struct str[]){ __VA_ARGS__ }, \
	    sizeof((struct str[]){ __VA_ARGS__ }) / sizeof(struct str)
#define inspect_key(in, ...) \
	inspect_join_key((in), 0, INSPECT_PIECES(__VA_ARGS__))
#define inspect_mark(in, mark, ...) \
	inspect_join_key((in), (mark), INSPECT_PIECES(__VA_ARGS__))
/* N in digits, for keys. */
struct str inspect_digits(uint64_t n, char room[24]);
/* Memory of the trace's arena, under KEY in M; NULL: there is none. */
void *
inspect_put_new(struct inspect *in, struct map *m, struct str key, size_t size);
/* VALUE under KEY in M; NULL is one for which there was no memory. */
void
inspect_put(struct inspect *in, struct map *m, struct str key, void *value);

/* Of each table: kept_told finds the value of a key, or NULL; keep_told puts a
 * value there; forget_told removes it. */
#define X(id, name, type)                                                    \
	static inline type *kept_##name(                                     \
	    const struct inspect *in, struct str key)                        \
	{                                                                    \
		return map_get(in->tables[INSPECT_TABLE_##id], key);         \
	}                                                                    \
	static inline void keep_##name(                                      \
	    struct inspect *in, struct str key, type *value)                 \
	{                                                                    \
		inspect_put(in, in->tables[INSPECT_TABLE_##id], key, value); \
	}                                                                    \
	static inline void forget_##name(struct inspect *in, struct str key) \
	{                                                                    \
		(void)map_remove(in->tables[INSPECT_TABLE_##id], key);       \
	}
INSPECT_TABLES(X)
#undef X
/* The table's own copy of TEXT; empty where there is no memory. */
struct str inspect_keep(struct inspect *in, struct str text);
struct call *inspect_call_of(struct inspect *in, struct str call_id);
/* The fault that has struck the message of record SEQ, which is not of SIP; 0.
 */
uint64_t inspect_struck(struct inspect *in, uint64_t seq);
/* The number under KEY, or 0.  inspect_put_number sets it; inspect_note_number
 * sets it where there is none, and returns what was there. */
uint64_t inspect_number(const struct inspect *in, struct str key);
uint64_t inspect_note_number(struct inspect *in, struct str key, uint64_t v);
void inspect_forget_number(struct inspect *in, struct str key);
void inspect_put_number(struct inspect *in, struct str key, uint64_t v);

/* ---- inspect.c ---- */

/* Marks the calls of T that FROM does not name, or that are not in the sample,
 * as left out, and counts the others.  0 or ERR_NOMEM. */
int inspect_choose_calls(struct inspect *in, const struct trace *t,
    const struct inspect_source *from);

/* ---- inspected_message.c, inspected_message_sdp.c, inspect_take.c,
 *      node_class.c ---- */

/* Where to read the next message: the one that was read the longest ago is
 * gone. */
struct read_message *inspected_other_place(struct inspect *in);
/* The message that record SEQ has sent, where it was read just now and is as
 * good for who has received it; NULL: it is to be read again. */
struct read_message *inspected_find_read(struct inspect *in, uint64_t seq);
/* None was read. */
void inspected_forget_read(struct inspect *in);
/* Reads BYTES, a message of record SEQ, into M; SEQ 0: one that has come, which
 * was judged when it was sent. */
void inspected_read(struct read_message *m, struct str bytes, uint64_t seq);
/* M is L's message. */
void inspected_take_message(
    struct inspected_message *l, const struct read_message *m);
/* The role in which node L->blame does what L says. */
enum role_class inspected_role(const struct inspected_message *l);
/* The SSRC that its description names (y= of GB/T 28181); 0: none. */
uint32_t inspected_ssrc(struct inspected_message *l);
/* a=setup of its first stream, or of the session; may be empty. */
struct str inspected_setup(struct inspected_message *l);
bool inspected_is_encoded(const struct msg *m); /* Content-Encoding, 20.12 */
/* L has a body that can't be read: it is encoded, or the parts of a multipart
 * are not found. */
bool inspected_is_closed(const struct inspected_message *l);
/* Copies the state of L's session description into D. */
void inspected_description(struct inspected_message *l, struct description *d);
/* L's description read into in->sdp; false: there is none, or it can't be
 * read. */
bool inspected_sdp(struct inspected_message *l);
/* The trace goes on for NS after T: what had to come would be in it. */
bool inspect_goes_on(const struct inspect *in, int64_t t, int64_t ns);
/* Record-Route values of the message, a URI a line, reversed or not. */
struct str
inspected_routes(struct inspected_message *l, enum msg_header id, bool reverse);
struct str inspected_contact(struct inspected_message *l);

/* ---- inspected_message.c: what travelled, and what was forwarded ---- */

/* The bytes of REC, a send, as they travelled: those of the fault that has
 * changed them, whose record goes into FAULT, else its own. */
struct str inspected_sent(const struct inspected_message *l,
    const struct trace_rec *rec, struct trace_rec *fault, struct buf *scratch);
/* Record FAULT has changed what record OF sends. */
void inspected_note_altered(struct inspect *in, uint64_t of, uint64_t fault);
/* The message that L's forwards, as it came; NULL: L's forwards none, or the
 * message received can't be read.  Valid until the next message. */
const struct msg *inspected_source(struct inspected_message *l);
/* The message of record SEQ, sent or come before L's; NULL: it can't be read.
 * Valid until the next message. */
const struct msg *inspected_other(struct inspected_message *l, uint64_t seq);

/* ---- dialog_facts.c: notes about a message, after its effect ---- */

/* Makes the notes about the transaction that L's request has begun; 0 or
 * ERR_NOMEM. */
int inspect_note_tx(struct inspected_message *l);
/* The rejected INVITE that L, an ACK with another branch, is for; NULL: none
 * (check_transaction.c). */
struct followed_tx *inspect_find_refused(struct inspected_message *l);
/* What L's message has changed is noted: it was sent, sent again, has come. */
void follow_sent(struct inspected_message *l);
void follow_repeat(struct inspected_message *l);
void follow_arrived(struct inspected_message *l);
void follow_subscription(struct inspected_message *l); /* check_response.c */
/* The SUBSCRIBE or REFER that L's NOTIFY tells of, as far as it was seen; 0
 * (check_response.c). */
uint64_t inspect_subscribed(struct inspected_message *l);
/* The first one of that subscriber in L's call. */
uint64_t inspect_first_subscribed(struct inspected_message *l);
/* The last request of L's node with L's Call-ID, From tag and method, of no
 * dialog; 0 (check_transaction.c). */
uint64_t inspect_last_try(struct inspected_message *l);
void follow_tried(struct inspected_message *l); /* check_transaction.c */
/* The transaction that L's branch, of this RFC, has begun, and no other one
 * since; NULL: none (check_format.c). */
struct followed_tx *inspect_tx_of_branch(struct inspected_message *l);
/* A 2xx to an INVITE has no tag in To (check_match.c). */
void follow_untagged(struct inspected_message *l);

/* ---- node_class.c ---- */

int inspect_find_roles(struct inspect *in, const struct trace *t);

/* ---- inspect_metrics.c ---- */

int inspect_measure(struct inspect *in, const struct trace *t);
void inspect_sort_metrics(struct inspect *in);

#endif
