/*
 * JSON (RFC 8259): writing values into a buffer, and reading them without
 * copying.  Only what a line of a trace needs; nothing here allocates but the
 * buffer written to.
 */
#ifndef TEXT_JSON_H
#define TEXT_JSON_H

#include "base/buf.h"

/*
 * S in quotes, with escapes.  Bytes that are not UTF-8 become U+FFFD.  DEL, C1
 * and bidirectional controls are escaped too, so that a trace shown raw on a
 * terminal does no harm.
 */
void json_put_str(struct buf *b, struct str s);
/* ,"KEY": without the comma after a '{' or '['.  KEY needs no escapes. */
void json_put_key(struct buf *b, const char *key);
/* The separator before a value of an array: a comma, but not behind its '['. */
void json_put_item(struct buf *b);
/* One more string of an array whose items are ITEMS, without its brackets. */
void json_add_item(struct buf *items, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* Begins an array or object, '[' or '{': a member, or where KEY is NULL a
 * value of an array. */
void json_open(struct buf *b, const char *key, char bracket);
/* Key and value at once. */
void json_put_member(struct buf *b, struct str key, struct str s);
/* The same; false, and B is as it was, where S is not UTF-8. */
bool json_put_utf8(struct buf *b, struct str key, struct str s);
void json_put_number(struct buf *b, struct str key, int64_t v);
/* These two stand here so that the length of a literal key is not a call. */
static inline void
json_put_field(struct buf *b, const char *key, struct str s)
{
	json_put_member(b, str_of(key), s);
}

static inline void
json_put_int(struct buf *b, const char *key, int64_t v)
{
	json_put_number(b, str_of(key), v);
}

void json_put_bool(struct buf *b, const char *key, bool v);
/* 16 hexadecimal digits as a text: a number of JSON has no room for V. */
void json_put_hash(struct buf *b, const char *key, uint64_t v);

/* JSON unchanged, except for characters in its strings that are escaped as
 * above. */
void json_put_raw(struct buf *b, struct str json);

/* RFC 4648 section 4, without quotes. */
void json_put_base64(struct buf *b, struct str bytes);

enum json_type {
	JSON_NONE,
	JSON_NULL,
	JSON_BOOL,
	JSON_NUMBER,
	JSON_STRING,
	JSON_ARRAY,
	JSON_OBJECT,
};

/* A value inside the text it was read from. */
struct json_value {
	enum json_type type;
	struct str raw; /* with quotes, brackets */
};

/* What a value is that begins with FIRST. */
static inline enum json_type
json_type_of(char first)
{
	switch (first) {
	case '"':
		return JSON_STRING;
	case '{':
		return JSON_OBJECT;
	case '[':
		return JSON_ARRAY;
	case 't':
	case 'f':
		return JSON_BOOL;
	case 'n':
		return JSON_NULL;
	default:
		return first == '-' || chr_is_digit(first) ? JSON_NUMBER
							   : JSON_NONE;
	}
}

/* How deep arrays and objects may be in each other. */
#define JSON_DEPTH 32

/*
 * Reads one value at the start of *TEXT (white space skipped) and moves *TEXT
 * after it: strict grammar, valid UTF-8, no lone surrogates, depth at most
 * JSON_DEPTH.  0, or ERR_SYNTAX: then *TEXT begins where the text goes wrong,
 * and is empty where it ended too early.
 */
int json_read(struct str *text, struct json_value *v);

/*
 * Reads an object strictly, member by member.  Start with *FIRST = true and
 * *TEXT behind the '{'.  0 with KEY (as json_next gives it) and V; 0 with
 * V->type JSON_NONE behind the closing '}'; ERR_SYNTAX as json_read.
 */
int json_read_member(
    struct str *text, bool *first, struct str *key, struct json_value *v);

/* Skips white space: space, tab, CR, LF. */
void json_skip_space(struct str *text);

/* Walks an object or array: start with IN = v.raw and *AT = 0.  Returns 1 with
 * KEY (raw, without quotes; empty in arrays) and V, 0 at the end.  The value
 * must have come from json_read. */
int json_next(struct str in, size_t *at, struct str *key, struct json_value *v);

/* The same of an array alone: V is the next value of LIST, false at its end or
 * where it is not an array. */
bool json_item(struct json_value list, size_t *at, struct json_value *v);

/* V is an array, or missing where one may be. */
static inline bool
json_is_list(struct json_value v)
{
	return v.type == JSON_ARRAY || v.type == JSON_NONE;
}

/* V as text: a slice of it, or decoded and appended to MEMORY, which should
 * have room for it, since slices are lost when it moves.  STR_NULL where V is
 * not text or there is no memory. */
struct str json_text_in(struct json_value v, struct buf *memory);

/* How many values LIST has; 0 where it is not an array. */
size_t json_count(struct json_value list);

/* The first member KEY of an object; type JSON_NONE where it is missing, also
 * where OBJECT is none. */
struct json_value json_member(struct json_value object, const char *key);

/* The first members of the object RAW with each of N keys at once; type
 * JSON_NONE for those it does not have. */
void json_members(struct str raw, const struct str *keys, size_t n,
    struct json_value *values);

/* Unescapes a JSON_STRING, appended to OUT; 0, ERR_SYNTAX or ERR_NOMEM. */
int json_text(struct json_value v, struct buf *out);
/* The same of what can be a C string: ERR_SYNTAX also where it has a NUL. */
int json_cstr(struct json_value v, struct buf *out);
/* *TEXT, which is freed first, becomes a copy of it; 0, ERR_SYNTAX (nothing is
 * changed) or ERR_NOMEM. */
int json_strdup(struct json_value v, char **text);
/* *TEXT, which is freed first, becomes a copy of a JSON_STRING with a NUL
 * behind,
 * "" of anything else; the caller frees.  0 or ERR_NOMEM. */
int json_copy(struct json_value v, char **text);
/* The same as a line that is shown: utf8_add_safe's. */
int json_copy_safe(struct json_value v, char **text);
/* The text inside the quotes where it has no escapes; 0 or ERR_SYNTAX. */
int json_plain(struct json_value v, struct str *text);
/* What json_put_hash wrote; 0, or ERR_SYNTAX and *HASH is 0. */
int json_hash(struct json_value v, uint64_t *hash);
static inline bool
json_is_true(struct json_value v)
{
	return v.type == JSON_BOOL && v.raw.p[0] == 't';
}

/* A whole number, digits alone; 0, ERR_SYNTAX or ERR_RANGE. */
int json_int(struct json_value v, int64_t *n);
/* The same, or FALLBACK. */
int64_t json_int_or(struct json_value v, int64_t fallback);
/* Decodes base64 (padded, nothing else in it), appended to OUT; 0, ERR_SYNTAX
 * or ERR_NOMEM. */
int json_base64(struct str text, struct buf *out);

#endif
