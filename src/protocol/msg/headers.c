/*
 * Finding a header field's row by its name.  Each message asks this once for
 * every field, so the rows of the wrong length are never looked at: for each
 * length the compiler makes a set of the rows whose name has it.
 */
#include "msg/headers.h"

#include "msg/header_names.h"
#include "msg/headers_table.h"
#include "msg/message.h"
#include "msg/methods.h"
#include "msg/usages.h"

static const struct msg_header_info rows[MSG_H_COUNT] = {
#define X(id, name, compact, rfc, section, flags, text) \
	[MSG_H_##id] = { name, compact, rfc, section, flags, text },
	MSG_HEADERS(X)
#undef X
};

/* A set of rows, by number. */
struct set {
	uint64_t low, high;
};
_Static_assert(MSG_H_COUNT <= 128, "a set of header rows has 128 bits");

#define IN_LOW(id, name, compact, rfc, section, flags, text) \
	| (sizeof(name) - 1 == LENGTH && MSG_H_##id < 64     \
		  ? UINT64_C(1) << (MSG_H_##id & 63)         \
		  : 0)
#define IN_HIGH(id, name, compact, rfc, section, flags, text) \
	| (sizeof(name) - 1 == LENGTH && MSG_H_##id >= 64     \
		  ? UINT64_C(1) << (MSG_H_##id & 63)          \
		  : 0)
#define CASE(n)                                             \
	case n: {                                           \
		enum { LENGTH = n };                        \
		return (struct set){ 0 MSG_HEADERS(IN_LOW), \
			0 MSG_HEADERS(IN_HIGH) };           \
	}

/* clang-format off */
static struct set
rows_of_length(size_t n)
{
	switch (n) {
	CASE(2) CASE(3) CASE(4) CASE(5) CASE(6) CASE(7) CASE(8) CASE(9)
	CASE(10) CASE(11) CASE(12) CASE(13) CASE(14) CASE(15) CASE(16)
	CASE(17) CASE(18) CASE(19) CASE(20) CASE(21) CASE(22) CASE(23)
	CASE(24) CASE(25) CASE(26) CASE(27) CASE(28) CASE(29) CASE(30)
	default:
		return (struct set){ 0, 0 };
	}
}
/* clang-format on */

/* A row without a compact form has a key that no character is. */
#define KEY(id, compact) ((compact) != 0 ? (compact) : 256 + MSG_H_##id)

/* clang-format off */
static enum msg_header
find_compact(char c)
{
	int key = (unsigned char)chr_lower(c);

	switch (key) {
#define X(id, name, compact, rfc, section, flags, text)                        \
	case KEY(id, compact):                                                 \
		return MSG_H_##id;
	MSG_HEADERS(X)
#undef X
	default:
		return MSG_H_OTHER;
	}
}
/* clang-format on */

static enum msg_header
registry_find_in(uint64_t set, unsigned base, struct str name)
{
	char first = chr_lower(name.p[0]);

	for (; set != 0; set &= set - 1) {
		unsigned id = base + (unsigned)__builtin_ctzll(set);
		struct str row = { rows[id].name, name.n };

		/* 7.3.1: field names are case-insensitive; most are spelled as
		 * they are in the RFC */
		if (chr_lower(row.p[0]) == first &&
		    (str_eq(row, name) || str_ieq(row, name)))
			return (enum msg_header)id;
	}
	return MSG_H_OTHER;
}

enum msg_header
msg_header_find(struct str name)
{
	struct set set;
	enum msg_header id;

	if (name.n == 0)
		return MSG_H_OTHER;
	if (name.n == 1)
		return find_compact(name.p[0]);
	set = rows_of_length(name.n);
	id = registry_find_in(set.low, 0, name);
	return id != MSG_H_OTHER ? id : registry_find_in(set.high, 64, name);
}

const struct msg_header_info *
msg_header_info(enum msg_header id)
{
	return id > MSG_H_OTHER && id < MSG_H_COUNT ? &rows[id] : NULL;
}
