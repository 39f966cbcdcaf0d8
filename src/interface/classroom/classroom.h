/*
 * A class at rung serve (docs/SERVE.md): its members, the teacher's view,
 * votes, questions, hand-ins.  There is no network and no clock here: the
 * caller passes each request with its source and time.  Requests are those of
 * the service (service/service.h), objects of JSON on a line, and so are
 * answers; requests other than the class's go to the engine of the member that
 * asked.
 */
#ifndef CLASSROOM_CLASSROOM_H
#define CLASSROOM_CLASSROOM_H

#include "base/buf.h"
#include "base/field.h"
#include "grade/roster.h"

/* Seats of the class, and behind them the teacher's own. */
#define CLASSROOM_SEATS_MAX    256
#define CLASSROOM_TEACHERS_MAX 4
#define CLASSROOM_MEMBERS_MAX  (CLASSROOM_SEATS_MAX + CLASSROOM_TEACHERS_MAX)
/* A code or a token, with its end. */
#define CLASSROOM_CODE_MAX  33
#define CLASSROOM_TOKEN_MAX 33
/* A member's request is at most this long: a hand-in may be in it. */
#define CLASSROOM_REQUEST_MAX (8u << 20)
#define CLASSROOM_OPTIONS_MAX 10

struct classroom;

/* Puts N unguessable bytes at TO.  0, or ERR_IO. */
typedef int classroom_secret_fn(void *to, size_t n);

struct classroom_options {
	const char *code, *teacher_code; /* what lets in, and the teacher */
	const char *folder;              /* of hand-ins; NULL: none */
	const struct roster *roster;     /* borrowed; NULL */
	size_t seats;                    /* 0: CLASSROOM_SEATS_MAX */
	classroom_secret_fn *secret;
};

/* 0 or ERR_NOMEM.  O is copied except for the roster. */
int classroom_create(struct classroom **c, const struct classroom_options *o);
void classroom_destroy(struct classroom *c); /* NULL is fine */

/* The caller, as the network knows it. */
struct classroom_caller {
	const char *address; /* without the port */
	bool here;           /* it is this machine */
	struct str token;    /* what it showed; empty: none */
	struct str browser;  /* the same of its cookie */
	int64_t now_ms;      /* a clock that never goes back */
};

/* What became of a request. */
enum classroom_end {
	CLASSROOM_ANSWERED, /* OUT has the answer */
	CLASSROOM_WAITS,    /* nothing is new: to be asked again when
			       classroom_version is another */
	CLASSROOM_PASSED,   /* it is for the engine of *MEMBER */
	CLASSROOM_STOPPED,  /* answered; the engine of *MEMBER is to be ended */
	CLASSROOM_STRANGER, /* answered; the request is of no member */
	CLASSROOM_REFUSED,  /* answered; the code is another: not at once */
	CLASSROOM_PUT_OUT,  /* answered; the engines of members that are out
			     * (classroom_is_in) are to be ended */
	CLASSROOM_LATER,    /* to be asked once more after classroom_rest */
	CLASSROOM_LEFT,     /* answered; who asked goes on elsewhere, in another
			       tab of a browser, say */
};

struct classroom_told {
	enum classroom_end end;
	size_t member; /* the member that asked, from 0, if it is one */
	int64_t id;    /* of the request */
	int64_t since; /* what one that waits knows */
	bool wrote;    /* a file has come to the disk */
	bool shows;    /* passed: the answer is a page to be shown */
	char browser[CLASSROOM_TOKEN_MAX]; /* its cookie from now on; "" */
};

/*
 * Takes REQUEST.  With LATE a request that waits is answered though nothing is
 * new.  0 or ERR_NOMEM: then OUT has a part.
 */
int classroom_ask(struct classroom *c, const struct classroom_caller *who,
    struct str request, bool late, struct buf *out,
    struct classroom_told *told);
/* The same for a request that waits, which TOLD is of. */
int classroom_wait_on(struct classroom *c, const struct classroom_caller *who,
    bool late, struct buf *out, struct classroom_told *told);
/* Nothing is handed in before UNTIL_MS: a disk is slow. */
void classroom_rest(struct classroom *c, int64_t until_ms);
/* ANSWER is what an engine has answered to a request that `shows`; the class is
 * shown it.  0 or ERR_NOMEM. */
int classroom_take_page(struct classroom *c, struct str answer);

/* Another whenever there is something new for members or the teacher. */
uint64_t classroom_version(const struct classroom *c);
/* TOKEN is that of *MEMBER. */
bool classroom_knows(struct classroom *c, struct str token, size_t *member);
/* MEMBER has come in, and has neither left nor been put out. */
bool classroom_is_in(const struct classroom *c, size_t member);
/* Why the last that was handed in could not be kept, for the teacher; "". */
const char *classroom_trouble(const struct classroom *c);
/* How many are here, were in the last minute; how much was handed in. */
size_t classroom_here(const struct classroom *c, int64_t now_ms);
unsigned classroom_handed_in(const struct classroom *c);

/* How many wrong words were said, and the last one's number and address. */
unsigned classroom_guessed(
    const struct classroom *c, const char **number, const char **address);

/* ---- for documents ---- */

extern const struct field classroom_members[];

struct classroom_row {
	const char *name, *text, *takes, *gives;
	bool teacher; /* the teacher's alone */
};
/* The Ith request; NULL behind the last. */
const struct classroom_row *classroom_row(size_t i);

#endif
