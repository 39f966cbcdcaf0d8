/*
 * A class at rung serve (docs/SERVE.md): who is in it, what the teacher shows,
 * votes, who is stuck where, what was handed in.  Here is no network and no
 * clock: whoever has these says what came, from where and when.  Requests are
 * those of the service (service/service.h), objects of JSON on a line, and so
 * are answers; what is not the class's is for the engine of whoever asked.
 */
#ifndef CLASSROOM_CLASSROOM_H
#define CLASSROOM_CLASSROOM_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/field.h"
#include "grade/roster.h"

/* More are not let in; a member who has not asked for anything for an hour is
 * forgotten where there is no room. */
#define CLASSROOM_MEMBERS_MAX 256
/* A code or a token, with its end. */
#define CLASSROOM_CODE_MAX  33
#define CLASSROOM_TOKEN_MAX 33
/* A member's request is at most this long: a hand-in may be in it. */
#define CLASSROOM_REQUEST_MAX (8u << 20)
/* So many wrong codes keep an address out for so long. */
#define CLASSROOM_WRONG_MAX   10
#define CLASSROOM_BLOCKED_MS  60000
#define CLASSROOM_OPTIONS_MAX 10

struct classroom;

/* Puts N bytes that nobody can guess at TO.  0, or ERR_IO. */
typedef int classroom_secret_fn(void *to, size_t n);

struct classroom_options {
	const char *code, *teacher_code; /* what lets in, and the teacher */
	const char *folder;              /* of what is handed in; NULL: none */
	const struct roster *roster;     /* borrowed; NULL */
	classroom_secret_fn *secret;
};

/* 0 or ERR_NOMEM.  O is copied but for the roster. */
int classroom_create(struct classroom **c, const struct classroom_options *o);
void classroom_destroy(struct classroom *c); /* NULL is fine */

/* Who asks, as the network knows it. */
struct classroom_caller {
	const char *address; /* without the port */
	bool here;           /* it is this machine */
	struct str token;    /* what it showed; empty: none */
	int64_t now_ms;      /* a clock that never goes back */
};

/* What became of a request. */
enum classroom_end {
	CLASSROOM_ANSWERED, /* OUT has the answer */
	CLASSROOM_WAITS,    /* nothing is new: to be asked again when
			       classroom_version is another */
	CLASSROOM_PASSED,   /* it is for the engine of *MEMBER */
	CLASSROOM_STOPPED,  /* answered; the engine of *MEMBER is to be ended */
	CLASSROOM_STRANGER, /* answered; nobody of the class has asked */
	CLASSROOM_LEFT,     /* answered; who asked goes on elsewhere, in another
			       tab of a browser, say */
};

struct classroom_told {
	enum classroom_end end;
	size_t member; /* who asked, from 0, where somebody of the class has */
	int64_t id;    /* of the request */
};

/*
 * Takes REQUEST.  With LATE a request that waits is answered though nothing is
 * new.  0 or ERR_NOMEM: then OUT has a part.
 */
int classroom_ask(struct classroom *c, const struct classroom_caller *who,
    struct str request, bool late, struct buf *out,
    struct classroom_told *told);
/* ANSWER is what the engine of MEMBER has answered to what was passed last. 0
 * or ERR_NOMEM. */
int
classroom_take_answer(struct classroom *c, size_t member, struct str answer);

/* Another whenever there is something new for members or the teacher. */
uint64_t classroom_version(const struct classroom *c);
/* How many are here, were in the last minute; how much was handed in. */
size_t classroom_here(const struct classroom *c, int64_t now_ms);
unsigned classroom_handed_in(const struct classroom *c);

/* ---- for documents ---- */

extern const struct field classroom_members[];

struct classroom_row {
	const char *name, *text, *takes, *gives;
	bool teacher; /* the teacher's alone */
};
/* The Ith request; NULL behind the last. */
const struct classroom_row *classroom_row(size_t i);

#endif
