/* Shared by the files of the class. */
#ifndef CLASSROOM_CLASSROOM_IN_H
#define CLASSROOM_CLASSROOM_IN_H

#include "classroom/classroom.h"
#include "classroom/handins.h"

#include "text/json.h"

#define NUMBER_MAX 33 /* of a student, with its end */
#define LAB_MAX    65
/* Bytes of a question that the teacher's list has. */
#define QUESTION_SHOWN 160

/* A member of the class. */
struct member {
	bool there, teacher;
	bool away; /* its tab is being closed */
	bool out;  /* the teacher has put it out, with its browser */
	/* One has several members, where it has said several numbers. */
	char browser[CLASSROOM_TOKEN_MAX], address[64];
	uint64_t came, said; /* in which order it came, said its number */
	/* What it shows; "": it has left.  What it showed before it came back,
	 * which lets it come back alone. */
	char token[CLASSROOM_TOKEN_MAX], former[CLASSROOM_TOKEN_MAX];
	char number[NUMBER_MAX]; /* "": not said */
	bool sure;               /* with the number's word */
	int64_t seen_ms;
	/* Where it says that it is; LAB "": it does not say. */
	char lab[LAB_MAX];
	int64_t task, record, since_ms;
	bool stuck;
	unsigned handed_in;
	char question[QUESTION_SHOWN + 1]; /* the last one, of a mark */
};

/* A vote, which stays when its voter has left.  With a roster it belongs to a
 * number of it and a browser (the browser with the number's word, if it has
 * one); without one, to a browser and the number that it said. */
struct ballot {
	const struct roster_row *row; /* NULL: there is no roster */
	char browser[CLASSROOM_TOKEN_MAX], address[64], number[NUMBER_MAX];
	bool left;
	int64_t voted[2]; /* in each round: an option from 1; 0: not */
	enum {
		BALLOT_COUNTS,
		BALLOT_DISPUTED, /* another browser has voted for the number */
		BALLOT_ANOTHERS, /* the number is assigned to another browser */
	} standing[2];
};
#define BALLOTS_MAX (4 * CLASSROOM_SEATS_MAX)

/* Words that an address has said for a number, and that are another's. */
struct guess {
	const struct roster_row *row;
	char address[64];
	unsigned tries;
	int64_t until_ms; /* the next is not looked at before */
};
#define GUESSES_MAX 1024

/* What the teacher asks all. */
struct vote {
	bool there, open;
	unsigned round; /* 0, 1 */
	char *text;
	char *options[CLASSROOM_OPTIONS_MAX];
	size_t n;
	int64_t right; /* the option, from 1, once it is told; 0 */
	int64_t hides; /* the first record that would tell it; 0: none */
};

struct classroom {
	struct classroom_options o;
	char code[CLASSROOM_CODE_MAX], teacher_code[CLASSROOM_CODE_MAX];
	struct handins handins;
	int64_t rests_until_ms;
	struct member *members; /* CLASSROOM_MEMBERS_MAX */
	uint64_t order;
	uint64_t version, who_version; /* what members see, what the teacher */
	struct vote vote;
	struct guess *guesses, last_guess; /* GUESSES_MAX */
	unsigned guessed;
	struct ballot *ballots; /* BALLOTS_MAX */
	size_t nballots;
	/* What the teacher shows: the parts of a page, and where in it. */
	bool showing;
	struct buf page;
	char *link;
	uint64_t page_nth;
	int64_t record;
	unsigned handed_in;
};

/* A request's members, as classroom_members has them. */
struct classroom_request {
	int64_t id, since, record, nth, option, right, member;
	char *code, *number, *again, *lab, *text, *what, *link, *address, *word,
	    *date;
	bool stuck, on;
	struct json_value object;
};

/* A member's request. */
struct asked {
	struct classroom *c;
	const struct classroom_caller *who;
	const struct classroom_request *r;
	struct member *m;        /* NULL: no member */
	bool late, wrote, shows; /* as in classroom_told */
	enum classroom_end end;
};

/* Appends members to the object that is open in OUT.  0, or D's error. */
typedef int classroom_fn(struct asked *a, struct buf *out, struct diag *d);

/* ---- classroom_door.c ---- */

classroom_fn classroom_join, classroom_leave, classroom_put_out;
/* The member with TOKEN, or NULL. */
struct member *classroom_find(struct classroom *c, struct str token);
/* The member that had TOKEN before it came back, or NULL. */
struct member *classroom_find_former(struct classroom *c, struct str token);
/* M asks for something now. */
void classroom_see(struct classroom *c, struct member *m, int64_t now_ms);
/* M has asked for something in the last minute. */
bool classroom_is_here(const struct member *m, int64_t now_ms);

/* ---- classroom_number.c ---- */

/* The same time for any wrong text. */
bool classroom_same_secret(struct str s, const char *secret);
/* M says NUMBER; NULL and "": none.  0, or D's error: it is none, M has handed
 * in as another, or the number has a word, and A says another. */
int classroom_take_number(
    struct asked *a, struct member *m, const char *number, struct diag *d);
/* LAB, the name of a lab in a request (NULL: none), can be shown, and leads out
 * of no folder (classroom_work.c).  0 or D's error. */
int classroom_check_lab(const char *lab, struct diag *d);
/* M's row of the roster, or NULL. */
const struct roster_row *
classroom_row_of(const struct classroom *c, const struct member *m);

/* ---- classroom_guess.c ---- */

/* 0, or D's error: A's address has to wait before it says a word of ROW. */
int classroom_may_guess(
    const struct asked *a, const struct roster_row *row, struct diag *d);
/* A has said another word. */
void
classroom_guessed_wrong(const struct asked *a, const struct roster_row *row);
/* How many wrong words all addresses have said for ROW (may be NULL). */
unsigned
classroom_tries(const struct classroom *c, const struct roster_row *row);
void classroom_put_guesses(const struct classroom *c, struct buf *out);

/* ---- classroom_show.c ---- */

classroom_fn classroom_wait, classroom_shown, classroom_show, classroom_pass,
    classroom_stop, classroom_away;

/* ---- classroom_vote.c ---- */

classroom_fn classroom_vote, classroom_poll;
void classroom_put_vote(const struct asked *a, struct buf *out);
void classroom_end_vote(struct classroom *c);
/* NUMBER was assigned. */
void classroom_settle_votes(struct classroom *c, const char *number);
/* M has left: its vote stays.  M is put out: its browser's votes do not. */
void classroom_leave_vote(struct classroom *c, const struct member *m);
void classroom_drop_votes(struct classroom *c, const struct member *m);
/* How many of ADDRESS have voted; NULL: of all. */
int64_t classroom_count_votes(const struct classroom *c, const char *address);

/* ---- classroom_work.c ---- */

classroom_fn classroom_progress, classroom_who, classroom_hand_in,
    classroom_assign;
/* The browser of who has said M's number before all others that are known. */
const char *
classroom_first_with_number(const struct classroom *c, const struct member *m);

/* ---- classroom_comment.c ---- */

classroom_fn classroom_question_mark, classroom_note;

/* Something is new for all; for the teacher. */
static inline void
classroom_changed(struct classroom *c)
{
	c->version++;
}
static inline void
classroom_changed_who(struct classroom *c)
{
	c->who_version++;
}

#endif
