/*
 * Lua's patterns (reference manual 6.4.1), compiled and matched in steps that
 * the sandbox counts.
 */
#ifndef SCRIPT_MATCH_IN_H
#define SCRIPT_MATCH_IN_H

#include "script/sandbox_in.h"

#define MATCH_CAPTURES_MAX 32
/* Bytes of the longest pattern. */
#define MATCH_PATTERN_MAX 8192
/* How deep alternatives may nest while matching. */
#define MATCH_DEPTH_MAX 200
/* Items that need no memory of their own. */
#define MATCH_INLINE 32

enum match_kind {
	MATCH_SET,      /* one character out of a set */
	MATCH_OPEN,     /* ( */
	MATCH_POSITION, /* () */
	MATCH_CLOSE,    /* ) */
	MATCH_BACK,     /* %1 */
	MATCH_BALANCE,  /* %bxy */
	MATCH_FRONTIER, /* %f[set] */
	MATCH_TAIL,     /* $ at the end */
};

struct match_item {
	unsigned char kind;
	char repeat;       /* 0, '*', '+', '-' or '?' */
	unsigned char arg; /* a capture's number */
	uint16_t from, to; /* the set, as written in the pattern */
};

struct match_capture {
	size_t from, to;
	bool position;
};

struct match {
	lua_State *L;
	struct str pattern, subject;
	const struct match_item *items;
	size_t nitems;
	bool anchored;
	unsigned ncaptures;
	unsigned depth;
	uint64_t steps; /* not yet charged */
	struct match_capture captures[MATCH_CAPTURES_MAX];
	struct match_item inlined[MATCH_INLINE];
};

/*
 * Compiles PATTERN; raises on a malformed one.  Pushes one value (what keeps
 * the items alive, or nil) that must stay on the stack while M is used.  With
 * ANCHOR a leading '^' ties the match to its beginning.
 */
void
match_compile(lua_State *L, struct match *m, struct str pattern, bool anchor);
/* Tries at FROM only; the end of the match in *END. */
bool match_at(struct match *m, size_t from, size_t *end);
/* Charges what has been counted. */
void match_settle(struct match *m);
/* Pushes captures (the whole match FROM..END where there are none and WHOLE);
 * how many. */
int match_push(const struct match *m, size_t from, size_t end, bool whole);
/* Pushes capture I, or the whole match for 0 where there are none. */
void match_push_one(const struct match *m, unsigned i, size_t from, size_t end);

#endif
