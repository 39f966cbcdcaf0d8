/*
 * A node that is what its program makes of it (role=script): what the files of
 * the role share.
 *
 *   script.c       its life, the requests that come, its timers
 *   script_do.c    what its program does: answers, requests, cancellations;
 *                  its 2xx to INVITEs, until their ACKs come
 *   script_hear.c  what comes of those
 *                  what goes back of a request that it has sent on
 *   script_dialog.c  the dialogs that these messages make
 *   script_alone.c all of this without transactions (transactions=false)
 *   script_state.c machines of its own
 *                  its calls, registrations and subscriptions: rung's machines
 *                  what flows in calls that it makes up
 *                     messages of other protocols
 */
#ifndef ROLES_PROGRAM_SCRIPT_IN_H
#define ROLES_PROGRAM_SCRIPT_IN_H

#include "agent/agent.h"
#include "node/script_host.h"
#include "rtp/rtp_session.h"

/* What has a number. */
enum script_kind {
	SCRIPT_REQUEST,
	SCRIPT_CLIENT,
	SCRIPT_TIMER,
	SCRIPT_STREAM,
	SCRIPT_CAME, /* messages, without transactions */
	SCRIPT_WENT,
	SCRIPT_MACHINE,
	SCRIPT_KINDS
};

struct script_thing {
	struct list link; /* in script->things */
	struct script *script;
	enum script_kind kind;
	unsigned number;
};

/* Where messages of another protocol come. */
struct script_socket {
	struct script *script;
	enum trace_proto protocol;
	struct net_sock *sock; /* NULL: none is open */
};

struct script {
	struct agent agent; /* first; it has no methods of its own */
	struct program *program;
	struct list things[SCRIPT_KINDS];
	struct map *by_number; /* number → struct script_thing */
	unsigned last;         /* the last number */
	struct list unacked;   /* requests whose 2xx waits for its ACK */
	sim_event start;
	uint64_t born;        /* the record that has brought it up */
	bool alone;           /* without transactions */
	struct map *machines; /* its own: id → struct own_machine */
	unsigned nmachines;
	struct map *turns;    /* "call alice/1" → struct script_run */
	struct list runs;     /* the same in order */
	struct list sessions; /* in dialogs: struct script_session */
	struct script_socket sockets[TRACE_PROTO_COUNT];
};

/* A request that has come, until its transaction ends. */
struct script_request {
	struct node_owner owner; /* first: role_script */
	struct script_thing thing;
	struct sip_transaction *tr;
	char *tag;        /* of its responses; NULL: none was needed yet */
	sim_event trying; /* 17.2.1: an INVITE gets a 100 */
	bool said;        /* a response has gone out … */
	bool answered;    /* … a final one */
	bool cancelled;
	struct list branches; /* clients by which it was sent on */
	struct list dialogs;  /* of an INVITE: the dialogs that it has made */
	struct agent_mortal *bye; /* of a BYE: its dialog; NULL: none */
	struct {
		struct list link;        /* in script->unacked */
		struct sip_bytes *bytes; /* a 2xx without an ACK; or NULL */
		int64_t interval, deadline;
		sim_event again;
	} ok;
	struct {
		struct sip_bytes *answer; /* NULL: none came, as if … */
		unsigned status;          /* 0: there is none yet */
		uint64_t recv;
	} best; /* of the places that it was sent on to */
};

/* A request that was sent. */
struct script_client {
	struct script_thing thing;
	struct agent_client *q;
	struct script_request *of; /* which is sent on by it; NULL: none, or it
				      is over */
	struct list branch;        /* in of->branches */
	struct sip_bytes *sent;
	struct list dialogs; /* as in a request */
	struct agent_mortal *bye;
	bool on;        /* it was sent on */
	bool final;     /* the last word has come */
	bool cancelled; /* a CANCEL is to follow a provisional response (9.1) */
	bool cancelling; /* it has */
	sim_event late;  /* Timer C, or, when it is cancelling, the end */
	char name[80];   /* of that timer */
};

struct script_timer {
	struct script_thing thing;
	sim_event due;
	const struct node_timer *what;
	char name[160]; /* where the program has set it */
};

/* Streams that two descriptions have agreed on. */
struct script_stream {
	struct script_thing thing;
	char *name; /* as the program has it */
	char *from; /* that of the one that it relays, which may not be there;
		     * NULL: it has its own */
	struct sip_sdp_session sdp;
	struct rtp_session *media;
};

/* ---- script.c ---- */

/* THING, all zero, is of KIND, and gets a number.  0 or ERR_NOMEM;
 * script_forget comes in either case. */
int script_number(
    struct script *s, enum script_kind kind, struct script_thing *thing);
void script_forget(struct script_thing *thing);
/* The one of KIND with NUMBER, or NULL. */
struct script_thing *
script_find(struct script *s, enum script_kind kind, unsigned number);
bool script_listens(const struct script *s, enum script_event event);
/* The program is told.  True where it says that what has come shall go no
 * further. */
bool script_tell(struct script *s, const struct script_news *news);
/* The record that the program does VERDICT, by WHY, at PLACE: STATUS and TARGET
 * may be 0 and empty.  It causes what follows; returns the cause before it. */
uint64_t script_record(struct script *s, const struct script_place *place,
    enum trace_program_verdict verdict, enum rule_id why, unsigned status,
    struct str target);
/* The rule by which is done what has RULE where PLACE says none. */
enum rule_id script_rule(const struct script_place *place, enum rule_id rule);
/* R's request, to be answered. */
struct sip_in script_request_of(const struct script_request *r);
/* R is answered with STATUS by its node, which its program has not. */
void script_refuse(struct script_request *r, unsigned status, enum rule_id why);
/* R's transaction ends without an answer, by WHY, and with it R. */
void script_abandon(struct script_request *r, enum rule_id why);

/* of struct script_host */
int script_set_timer(
    void *role, const struct script_place *place, int64_t ns, unsigned *number);
void script_stop_timer(void *role, unsigned number);

/* ---- script_do.c ---- */

/* Without a word. */
void script_2xx_stop(struct script_request *r);
void script_2xx_acked(struct script *s, const struct msg *ack);
/* R's time is over: where its 2xx still waits for an ACK the program is
 * notified of it (13.3.1.4: it ends the session by a BYE). */
void script_2xx_unacked(struct script_request *r);

/* ---- script_do.c ---- */

extern const struct script_host script_host;
/* A request of its own by SPEC, whose From may have a tag.  0, ERR_NOMEM,
 * ERR_SYNTAX; its bytes are the caller's to unref. */
int script_build(
    struct script *s, struct sip_request_spec *spec, struct agent_request *r);
/* 16.6: a copy of M that goes on by WAY.  As sip_forward_request. */
int script_build_copy(struct script *s, const struct msg *m,
    const struct script_way *way, struct sip_bytes **out);
/* D's sentence for ERR, because of which a request has no such answer; ERR. */
int script_refuse_answer(int err, struct diag *d);
/* D's sentence for ERR, because of which nothing went to URI. */
int script_refuse_unsent(int err, struct str uri, struct diag *d);
/* 9.1: C is taken back, when that may be; false: it is over. */
bool script_cancel(struct script_client *c);
/* … now. */
void script_send_cancel(struct script_client *c);
/* 9.1: C, whose CANCEL has gone out, waits for its final response for 64*T1. */
void script_wait_cancelled(struct script_client *c);

/* ---- script_dialog.c ---- */

/* R, which is M, is answered with STATUS under TAG now. */
void script_dialog_answer(struct script_request *r, const struct msg *m,
    unsigned status, struct str tag);
/* M, a response to C, has come; ACK has. */
void script_dialog_hear(struct script_client *c, const struct msg *m);
void script_dialog_acked(struct script *s, const struct msg *ack);
/* M, an ACK or a BYE, goes out: the dialog that a BYE ends, to be released when
 * its transaction has ended; or NULL. */
struct agent_mortal *script_dialog_send(struct script *s, const struct msg *m);
/* Those of an INVITE: the early ones end, by WHY; and it is over as well. */
void script_dialogs_end_early(struct list *dialogs, enum rule_id why);
void script_dialogs_leave(struct list *dialogs, enum rule_id why);
/* Without a record. */
void script_dialogs_stop(struct script *s);

/* ---- script_alone.c ---- */

extern const struct script_host script_alone_host;
/* of struct node_role; false where S has transactions */
bool script_alone_take(void *role, const struct sip_in *in);
bool script_alone_hear(void *role, const struct sip_in *in);
/* IN is answered with STATUS for its program, which has not. */
void script_alone_refuse(
    const struct script *s, const struct sip_in *in, unsigned status);
/* The request of NEWS has no final answer of the program yet, nor was it sent
 * on. */
bool script_alone_waits(struct script *s, const struct script_news *news);
/* What has come and gone is forgotten. */
void script_alone_stop(struct script *s);

/* ---- script_state.c ---- */

/* of struct script_host */
int script_state(void *role, const struct script_place *place,
    const struct script_step *step, struct diag *d);
void script_state_stop(struct script *s);

/* ---- script_state.c ---- */

/* of struct script_host */
int script_turn(void *role, const struct script_turn *turn, const char **now,
    struct diag *d);
void script_turn_stop(struct script *s);
/* A call of the program has that name; its verbs. */
bool script_knows(void *role, const char *object);
int played_verb_bye(const struct node_act *a);
int played_verb_cancel(const struct node_act *a);

/* ---- script_state.c ---- */

/* of struct script_host */
int script_stream(void *role, const struct script_place *place,
    const struct script_media *m, struct diag *d);
void script_free_stream(struct script_stream *t);

/* ---- script_hear.c ---- */

/* 16.7 step 10: R has its answer, so who else it was sent on to than by C,
 * which may be NULL, is to ring no more. */
void
script_take_back(const struct script_request *r, const struct script_client *c);

/* ---- script_state.c ---- */

/* The program listens for messages: ports are open.  0 or ERR_NOMEM. */
int script_message_listen(struct script *s);
void script_message_stop(struct script *s);
/* of struct script_host */
int script_message_send(void *role, const struct script_place *place,
    struct str protocol, struct str to, struct str text, struct diag *d);

/* ---- script_hear.c ---- */

extern const struct agent_client_ops script_client_ops;
void script_free_client(struct script_client *c);

#endif
