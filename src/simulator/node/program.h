/*
 * A program: a node's decisions, written by the user.  A topology names its
 * file (route=FILE); the maker of the world supplies it (struct program_ops),
 * so that no node knows its language.
 *
 * A node asks; the program answers within the same instant, or is stopped.
 * Each outcome is an answer: an error, an endless loop or an invalid answer
 * gives TRACE_PROGRAM_FAILED with the reason and the status to answer with, and
 * the node goes on.
 */
#ifndef NODE_PROGRAM_H
#define NODE_PROGRAM_H

#include "base/addr.h"
#include "base/buf.h"
#include "base/diag.h"
#include "msg/message.h"
#include "node/fields.h"
#include "rules/rule_id.h"
#include "trace/program.h"

/* What a program is asked: X(ID, its function). */
#define PROGRAM_EVENTS(X)        \
	X(REQUEST, "on_request") \
	X(PASS, "on_pass")       \
	X(FAILURE, "on_failure") \
	X(REPLY, "on_reply")     \
	X(NOTIFY, "on_notify")

enum program_event {
#define X(id, name) PROGRAM_ON_##id,
	PROGRAM_EVENTS(X)
#undef X
	    PROGRAM_EVENT_COUNT
};

const char *program_event_name(enum program_event e);

#define PROGRAM_TARGETS 100

struct program_question {
	enum program_event event;
	const struct msg *request;
	struct addr src;         /* where that came from */
	const char *caller;      /* its sender, proved by a password, or NULL */
	const struct msg *reply; /* of a failure, may be NULL */
	unsigned status;         /* of a failure */
	struct str target;       /* where that was sent */
};

struct program_target {
	size_t at, n;     /* its URI in `text` … */
	unsigned turn;    /* from 0: those of one are asked at once */
	size_t way;       /* … and so many bytes before it: Routes to it */
	int64_t after_ns; /* it waits so long, outside of turns; 0 */
};

/* What it has said; all zero before, program_answer_free after. */
struct program_answer {
	enum trace_program_verdict verdict;
	enum trace_program_fault fault;
	unsigned status;   /* of a rejection, a redirection, a failure */
	struct buf text;   /* the targets' URIs */
	struct buf reason; /* the reason phrase of a rejection, and its further
			    * fields: … */
	struct node_fields fields;
	struct buf body; /* … its body, and from TYPE_AT on the type of it */
	size_t type_at;
	struct program_target targets[PROGRAM_TARGETS];
	size_t ntargets;
	int64_t within_ns; /* they are to say something by then; 0 */
	/* Lines that the message gets, and the fields that go out of it. */
	struct buf add;
	enum msg_header drop[8];
	size_t ndrop;
	const char *file; /* where it decided; as long as the program … */
	unsigned line;    /* … 0: nowhere */
};

void program_answer_free(struct program_answer *a);
struct str program_target_uri(const struct program_answer *a, size_t i);
/* The Routes by which it goes there; empty: none. */
struct str program_target_way(const struct program_answer *a, size_t i);

struct node;
struct program;
struct trace_writer;
struct menu_ops;
struct script_host;
struct script_news;
struct script_said;

struct program_ops {
	/* The node comes up, and its program with nothing of what it knew.  0
	 * or D's error. */
	int (*begin)(struct program *p, struct diag *d);
	/* ERR_NOMEM, else 0 and an answer.  What the program does not listen
	 * for is TRACE_PROGRAM_DEFAULT without a line. */
	int (*ask)(struct program *p, const struct program_question *q,
	    struct program_answer *a);
	/* The same of a script (node/script_host.h): ERR_NOMEM, else 0. */
	int (*tell)(struct program *p, const struct script_news *news,
	    struct script_said *said);
	/* The program handles EVENT, one of its kind's events. */
	bool (*listens)(const struct program *p, unsigned event);
	/* What it does with calls (node/menu_program.h); NULL: nothing. */
	const struct menu_ops *menu;
};

/* A server of which it wants to know whether it is there. */
struct program_watched {
	char *uri;
	int64_t every_ns; /* how often it is asked */
	bool up;          /* as the node has it; true before it knows */
};

#define PROGRAM_WATCHED 100

/* What other roles of a proxy's node do for its program while they are up; a
 * function is NULL where there is no such role. */
struct program_neighbours {
	/* As which identities AOR, a canonical address-of-record or a name of
	 * the same user, is registered at the node's S-CSCF, as values of
	 * P-Associated-URI (RFC 7315 4.1), the default one first; empty: it is
	 * not. */
	struct str (*associated)(void *registrar, struct str aor);
	/* The home server learns that AOR is called, which is not registered
	 * here (TS 29.228 6.1.2). */
	void (*unregistered)(void *registrar, struct str aor);
	void *registrar;
	/* The node's user agent subscribes to how URI is registered (RFC 3680),
	 * or, unless ON, does so no more.  0 or an error code. */
	int (*follow)(void *ua, struct str uri, bool on);
	void *ua;
};

/* The first member of an implementation's struct. */
struct program {
	const struct program_ops *ops;
	const char *plays;    /* the word of the role that it is for */
	struct program *next; /* of the same node, for other roles */
	/* Of a script: what its node does for it, while that is up. */
	const struct script_host *host;
	void *role;
	struct program_neighbours near;
	/* Said when it begins; the node asks them, and keeps `up`. */
	struct program_watched watched[PROGRAM_WATCHED];
	size_t nwatched;
};

/* N's program for the role of that WORD, or NULL. */
struct program *node_program(const struct node *n, const char *word);
/* M, a NOTIFY, has come to another role of N: the program of its proxy hears of
 * it.  0 or ERR_NOMEM. */
int node_program_hear(struct node *n, const struct msg *m);

/* In the record that is open: "FILE:LINE", where a program says a thing. */
void program_put_where(struct trace_writer *w, const char *file, unsigned line);
/* Opens the record of what N's program says at LINE of FILE, by WHY: VERDICT,
 * ASKED by a function of its, of CALL (NULL: that is not told). */
struct trace_writer *program_record(const struct node *n, enum rule_id why,
    const char *file, unsigned line, const char *asked, const char *call,
    enum trace_program_verdict verdict);

#endif
