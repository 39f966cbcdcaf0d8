/* The table of verbs; see role/verb.h. */
#include "role/verb.h"

#include "role/rows.h"

#include <string.h>

enum {
#define X(_, owner, ...) OWNER_##owner,
	VERB_OWNERS(X, )
#undef X
};
static const uint64_t owner_roles[] = {
#define X(_, owner, thing, roles, rows) roles,
	VERB_OWNERS(X, )
#undef X
};
enum {
#define X(_, owner, thing, ...) THING_OF_##owner = VERB_OF_##thing,
	VERB_OWNERS(X, )
#undef X
};

/* clang-format off */
#define NOTHING                         { 0 }
#define ARGS(...)                       { __VA_ARGS__ }
#define OFFERS(...)                     { __VA_ARGS__ }
#define CLAUSES(...)                    { __VA_ARGS__ }
#define AT(key, kind, example)          { #key, KIND_##kind, example, true }
#define BY(key, kind, example)          { #key, KIND_##kind, example, false }
#define ANYTHING(kind, example)         { "*", KIND_##kind, example, false }
#define OFFER(name, moment, asks, text) { name, moment, false, asks, text }
#define ALSO(name, moment, asks, text)  { name, moment, true, asks, text }
#define SAYS(arg, text)                 { arg, NULL, text }
#define SETS(attribute, text)           { NULL, attribute, text }

const struct verb verb_rows[VERB_COUNT] = {
#define X(owner, name, sentence, args, offers, clauses)                       \
	{ #name, (enum verb_thing)THING_OF_##owner,                           \
		&owner_roles[OWNER_##owner], sentence, args, offers, clauses },
	VERB_ROWS(X)
#undef X
};
/* clang-format on */

const struct verb_arg *
verb_arg(const struct verb *v, const char *key)
{
	const struct verb_arg *arg = v->args;

	while (arg->key != NULL && strcmp(arg->key, key) != 0 &&
	       strcmp(arg->key, "*") != 0)
		arg++;
	return arg->key != NULL ? arg : NULL;
}

const char *
verb_placed(const struct verb *v, size_t i)
{
	return i < VERB_ARGS && v->args[i].placed ? v->args[i].key : NULL;
}

const char *
verb_placed_of(struct str name, size_t i)
{
	const char *placed = NULL;

	for (size_t k = 0; k < VERB_COUNT && placed == NULL; k++)
		if (str_is(name, verb_rows[k].name))
			placed = verb_placed(&verb_rows[k], i);
	return placed;
}

const struct verb_arg *
verb_offer_asks(const struct verb *v, struct str *asks, bool *needed)
{
	struct str word = str_cut(*asks, ' ', asks);
	const struct verb_arg *arg = v->args;

	*needed = !str_starts(word, "[");
	if (!*needed)
		word = str_slice(word, 1, word.n - 1);
	while (arg->key != NULL && !str_is(word, arg->key))
		arg++;
	return arg->key != NULL ? arg : NULL;
}

bool
verb_is_of(const struct verb *v, enum verb_thing thing, uint64_t is)
{
	return v->thing == thing &&
	       ((*v->roles & is) != 0 || *v->roles == VERB_ANY_NODE);
}

const struct verb_offer *
verb_offer_find(
    enum verb_thing thing, uint64_t is, const char *name, const struct verb **v)
{
	for (*v = verb_rows; *v < verb_rows + VERB_COUNT; ++*v)
		for (const struct verb_offer *o = (*v)->offers;
		     verb_is_of(*v, thing, is) && o->name != NULL; o++)
			if (strcmp(o->name, name) == 0)
				return o;
	return NULL;
}
