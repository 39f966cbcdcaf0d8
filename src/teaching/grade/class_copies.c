/*
 * Copies beyond doubt of chance: an answer that is right for exactly one other
 * student and can't come from the own run, where it is a tag, a branch or a
 * Call-ID, or a number of some digits; a part of a script that no third student
 * has; work that was done with another's lab.
 */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "grade/class.h"
#include "grade/student_values.h"

/* Of a number: with less a guess hits it now and then. */
#define DIGITS_LEAST 4

bool
class_is_compared(const struct class_entry *e)
{
	return e->counts && e->ntasks > 0 && e->student[0] != '\0';
}

bool
class_same_student(const struct class_entry *a, const struct class_entry *b)
{
	return strcmp(a->student, b->student) == 0;
}

/* Entries A and B, or one of several in the place of both. */
static bool
is_same_owner(const struct class *c, size_t a, size_t b)
{
	if (a == CLASS_SEVERAL || b == CLASS_SEVERAL)
		return a == b;
	return class_same_student(&c->entries[a], &c->entries[b]);
}

static bool
is_from(
    const struct class *c, const struct class_copy *copy, size_t a, size_t b)
{
	return is_same_owner(c, copy->a, a) && is_same_owner(c, copy->b, b);
}

static bool
is_copy_of(
    const struct class *c, const struct class_copy *copy, size_t a, size_t b)
{
	return is_from(c, copy, a, b) || is_from(c, copy, b, a);
}

static size_t
count_copies(const struct class *c, size_t a, size_t b)
{
	size_t n = 0;

	for (size_t i = 0; i < c->ncopies; i++)
		n += is_copy_of(c, &c->copies[i], a, b);
	return n;
}

/* There are copies, and by each A has taken B's work. */
static bool
has_taken(const struct class *c, size_t a, size_t b)
{
	size_t taken = 0;

	for (size_t i = 0; i < c->ncopies; i++)
		taken += c->copies[i].taken && is_from(c, &c->copies[i], a, b);
	return taken > 0 && taken == count_copies(c, a, b);
}

const struct class_copy *
class_next_copy(const struct class *c, const struct class_pair *p, size_t *at)
{
	while (*at < c->ncopies) {
		const struct class_copy *copy = &c->copies[(*at)++];

		if (is_copy_of(c, copy, p->a, p->b))
			return copy;
	}
	return NULL;
}

struct buf *
class_add_copy(struct class *c, struct class_copy copy)
{
	if (ARRAY_ROOM(&c->copies, &c->copies_cap, c->ncopies + 1) != 0)
		return NULL;
	c->copies[c->ncopies] = copy;
	return &c->copies[c->ncopies++].text;
}

/* Entry I has a value or work of entry OWNER. */
static struct buf *
add_taken(struct class *c, size_t i, size_t owner)
{
	return class_add_copy(
	    c, (struct class_copy){ i, owner, true, BUF_INIT });
}

/* ---- values ---- */

/* E's values are of its student's number, not of another one's. */
static bool
has_own_lab(const struct class_entry *e)
{
	return e->values_of != NULL && strcmp(e->values_of, e->student) == 0;
}

bool
class_has_other_value(
    const struct class_entry *x, const struct class_entry *y, size_t task)
{
	const struct class_task *t, *own;

	if (task >= x->ntasks || task >= y->ntasks ||
	    class_same_student(x, y) || !has_own_lab(y))
		return false;
	t = &x->tasks[task];
	own = &y->tasks[task];
	if (t->foreign == NULL || t->foreign[0] == '\0' || own->own == NULL ||
	    own->own[0] == '\0' || t->token != own->token)
		return false;
	return t->token
		   ? str_has_word(str_of(t->foreign), str_of(own->own))
		   : student_value_same(str_of(t->foreign), str_of(own->own));
}

/* A single such value is enough. */
static bool
is_telling(const struct class_task *t)
{
	return t->token || (!t->slip && student_value_digits(str_of(
					    t->foreign)) >= DIGITS_LEAST);
}

/* Two share a seed now and then, and with it all words that are drawn.  Of more
 * owners than that none is looked for. */
#define OWNERS_MOST 4
/* By so many answers one of them has to be more like the copy than the next. */
#define LIKER 2

/* The students whose value X has in TASK, an entry of each. */
struct owners {
	size_t list[OWNERS_MOST];
	size_t n; /* may be more than that */
};

static void
find_owners(const struct class *c, const struct class_entry *x, size_t task,
    struct owners *o)
{
	o->n = 0;
	for (size_t i = 0; i < c->n; i++) {
		const struct class_entry *y = &c->entries[i];
		size_t k = 0;

		if (strcmp(x->lab, y->lab) != 0 ||
		    !class_has_other_value(x, y, task))
			continue;
		while (k < o->n && k < OWNERS_MOST &&
		       !class_same_student(&c->entries[o->list[k]], y))
			k++;
		if (k < OWNERS_MOST && (k == o->n || y->counts))
			o->list[k] = i;
		o->n += k == o->n;
	}
}

/* What E has answered in TASK wrongly. */
static const char *
wrong_answer(const struct class_entry *e, size_t task)
{
	enum lesson_verdict v = e->tasks[task].verdict;

	return v == LESSON_BAD || v == LESSON_PART ? e->tasks[task].plain : "";
}

/* How many wrong answers of X's student Y's has given as well, right or wrong,
 * however they are written, over all labs. */
static unsigned
count_same(const struct class *c, const struct class_entry *x,
    const struct class_entry *y)
{
	unsigned n = 0;

	for (size_t i = 0; i < c->n; i++) {
		const struct class_entry *a = &c->entries[i];

		for (size_t k = 0; k < c->n && class_same_student(a, x); k++) {
			const struct class_entry *b = &c->entries[k];

			if (!class_same_student(b, y) ||
			    strcmp(a->lab, b->lab) != 0 || !a->counts ||
			    !b->counts)
				continue;
			for (size_t t = 0; t < a->ntasks && t < b->ntasks; t++)
				n += wrong_answer(a, t)[0] != '\0' &&
				     strcmp(wrong_answer(a, t),
					 b->tasks[t].plain) == 0;
		}
	}
	return n;
}

/* The one of O whose answers X has most of, by LIKER; CLASS_SEVERAL: it can't
 * be told. */
static size_t
find_like_owner(
    const struct class *c, const struct class_entry *x, const struct owners *o)
{
	unsigned most = 0, next = 0;
	size_t best = CLASS_SEVERAL;

	for (size_t k = 0; k < o->n; k++) {
		unsigned n = count_same(c, x, &c->entries[o->list[k]]);

		if (n > most) {
			next = most;
			most = n;
			best = o->list[k];
		} else if (n > next) {
			next = n;
		}
	}
	return most >= next + LIKER ? best : CLASS_SEVERAL;
}

/* O has Y's student. */
static bool
is_owner(
    const struct class *c, const struct owners *o, const struct class_entry *y)
{
	for (size_t k = 0; k < o->n && k < OWNERS_MOST; k++)
		if (class_same_student(&c->entries[o->list[k]], y))
			return true;
	return false;
}

/* Of the tags and the like of others that X's student has, two at least, each
 * is also Y's. */
static bool
owns_all(const struct class *c, const struct class_entry *x,
    const struct class_entry *y)
{
	unsigned owned = 0;

	for (size_t i = 0; i < c->n; i++) {
		const struct class_entry *e = &c->entries[i];
		struct owners o;

		if (!class_is_compared(e) || !class_same_student(e, x))
			continue;
		for (size_t t = 0; t < e->ntasks; t++) {
			if (!e->tasks[t].token)
				continue;
			find_owners(c, e, t, &o);
			if (o.n > 0 && !is_owner(c, &o, y))
				return false;
			owned += o.n > 0;
		}
	}
	return owned >= 2;
}

/* Entry I has a value that is entry OWNER's alone. */
static bool
has_copy(const struct class *c, size_t i, size_t owner)
{
	return count_copies(c, i, owner) > 0;
}

/* Entry OWNER has all that entry I has of others. */
static bool
has_all(const struct class *c, size_t i, size_t owner)
{
	return owns_all(c, &c->entries[i], &c->entries[owner]);
}

/* The only one of O of whom OWNS is true, beside entry I; CLASS_SEVERAL: it
 * can't be told. */
static size_t
find_only_owner(const struct class *c, size_t i, const struct owners *o,
    bool (*owns)(const struct class *c, size_t i, size_t owner))
{
	size_t found = CLASS_SEVERAL;

	for (size_t k = 0; k < o->n; k++) {
		if (!owns(c, i, o->list[k]))
			continue;
		if (found != CLASS_SEVERAL)
			return CLASS_SEVERAL;
		found = o->list[k];
	}
	return found;
}

/* Whose of O's value entry I has; CLASS_SEVERAL: it can't be told. */
static size_t
choose_owner(const struct class *c, size_t i, const struct owners *o)
{
	size_t owner;

	if (o->n == 1)
		return o->list[0];
	if (o->n > OWNERS_MOST)
		return CLASS_SEVERAL;
	owner = find_only_owner(c, i, o, has_copy);
	if (owner == CLASS_SEVERAL)
		owner = find_only_owner(c, i, o, has_all);
	if (owner == CLASS_SEVERAL)
		owner = find_like_owner(c, &c->entries[i], o);
	return owner;
}

/* All of O: "a, b"; where there are more than are known, "a, b, …". */
static void
put_owners(const struct class *c, const struct owners *o, struct buf *out)
{
	for (size_t k = 0; k < o->n && k < OWNERS_MOST; k++)
		buf_printf(out, "%s%s", k > 0 ? _(", ") : "",
		    c->entries[o->list[k]].student);
	if (o->n > OWNERS_MOST)
		buf_printf(out, "%s…", _(", "));
}

/* The answer of entry I in task T is right for all of O, and no others. */
static int
tell_value(struct class *c, size_t i, size_t t, const struct owners *o)
{
	const struct class_entry *x = &c->entries[i];
	struct buf *text = add_taken(c, i, choose_owner(c, i, o));
	struct buf owners = BUF_INIT;

	if (text == NULL)
		return ERR_NOMEM;
	put_owners(c, o, &owners);
	buf_printf(text, _("%s, task %zu, %s: “%s” is right for %s alone"),
	    x->lab, t + 1, x->file, x->tasks[t].answer, buf_cstr(&owners));
	buf_end(&owners, &text->err);
	return text->err;
}

/* Task T of entry I; values with one owner come before values with SEVERAL. */
static int
find_value_copy(struct class *c, size_t i, size_t t, bool several)
{
	const struct class_task *task = &c->entries[i].tasks[t];
	struct owners o;

	if (task->foreign == NULL || task->foreign[0] == '\0' ||
	    !is_telling(task))
		return 0;
	find_owners(c, &c->entries[i], t, &o);
	/* A number that several have may be one that is come on. */
	if (o.n == 0 || (o.n > 1) != several || (several && !task->token))
		return 0;
	return tell_value(c, i, t, &o);
}

static int
find_value_copies(struct class *c, bool several)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < c->n; i++)
		for (size_t t = 0; err == 0 && t < c->entries[i].ntasks; t++)
			if (class_is_compared(&c->entries[i]))
				err = find_value_copy(c, i, t, several);
	return err;
}

/* ---- another's lab ---- */

static int
find_lab_copy(struct class *c, size_t i)
{
	const struct class_entry *x = &c->entries[i];
	struct buf *text;

	if (x->values_of == NULL || x->values_of[0] == '\0' || has_own_lab(x))
		return 0;
	for (size_t k = 0; k < c->n; k++) {
		if (strcmp(c->entries[k].student, x->values_of) != 0)
			continue;
		text = add_taken(c, i, k);
		if (text == NULL)
			return ERR_NOMEM;
		buf_printf(text, _("%s, %s: done with the lab of %s"), x->lab,
		    x->file, x->values_of);
		return text->err;
	}
	return 0;
}

/* ---- all ---- */

/* A mark, and where it is from. */
struct placed {
	struct script_mark mark;
	size_t entry;
};

/* What two entries share, of one mark. */
struct shared {
	size_t a, b;
	struct script_mark at, to;
	unsigned weight;
};

struct scripts {
	struct placed *list;
	size_t n, cap;
	struct shared *shared;
	size_t nshared, shared_cap;
};

static int
by_mark(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;

	if (x->mark.hash != y->mark.hash)
		return x->mark.hash < y->mark.hash ? -1 : 1;
	return x->entry < y->entry ? -1 : x->entry > y->entry;
}

static int
list_marks(const struct class *c, struct scripts *s)
{
	for (size_t i = 0; i < c->n; i++) {
		const struct class_entry *e = &c->entries[i];

		if (!class_is_compared(e))
			continue;
		if (ARRAY_ROOM(&s->list, &s->cap, s->n + e->marks.n) != 0)
			return ERR_NOMEM;
		for (size_t k = 0; k < e->marks.n; k++)
			s->list[s->n++] =
			    (struct placed){ e->marks.list[k], i };
	}
	if (s->n > 0)
		qsort(s->list, s->n, sizeof(*s->list), by_mark);
	return 0;
}

#define SHARERS_MOST 4
/* So that halves and thirds are whole. */
#define MARK_WEIGHT 6

/* The mark at FROM, which all up to TO are: of each student the first, in
 * whatever lab. */
static int
share_mark(const struct class *c, struct scripts *s, size_t from, size_t to)
{
	const struct placed *who[SHARERS_MOST];
	size_t n = 0;

	for (size_t i = from; i < to; i++) {
		bool known = false;

		for (size_t k = 0; k < n; k++)
			known |= class_same_student(&c->entries[who[k]->entry],
			    &c->entries[s->list[i].entry]);
		if (known)
			continue;
		if (n == SHARERS_MOST)
			return 0;
		who[n++] = &s->list[i];
	}
	for (size_t a = 0; a < n; a++)
		for (size_t b = a + 1; b < n; b++) {
			if (ARRAY_ROOM(&s->shared, &s->shared_cap,
				s->nshared + 1) != 0)
				return ERR_NOMEM;
			s->shared[s->nshared++] =
			    (struct shared){ who[a]->entry, who[b]->entry,
				    who[a]->mark, who[b]->mark,
				    MARK_WEIGHT / (unsigned)(n - 1) };
		}
	return 0;
}

static int
by_place(const struct script_mark *x, const struct script_mark *y)
{
	if (x->script != y->script)
		return x->script < y->script ? -1 : 1;
	return x->line < y->line ? -1 : x->line > y->line;
}

static int
by_two(const void *a, const void *b)
{
	const struct shared *x = a, *y = b;
	int r;

	if (x->a != y->a)
		return x->a < y->a ? -1 : 1;
	if (x->b != y->b)
		return x->b < y->b ? -1 : 1;
	r = by_place(&x->at, &y->at);
	return r != 0 ? r : by_place(&x->to, &y->to);
}

static int
copies_tell_script(struct class *c, const struct shared *first, unsigned lines)
{
	struct buf *text = class_add_copy(
	    c, (struct class_copy){ first->a, first->b, false, BUF_INIT });
	const struct class_entry *x = &c->entries[first->a];
	const struct class_entry *y = &c->entries[first->b];

	if (text == NULL)
		return ERR_NOMEM;
	buf_printf(text,
	    _("%s, %s, %s:%u and %s, %s:%u: identical from there on in %u "
	      "lines that hardly any other work contains"),
	    x->lab, x->file, x->scripts[first->at.script], first->at.line,
	    y->file, y->scripts[first->to.script], first->to.line, lines);
	return text->err;
}

/* How many lines the marks FROM … TO, of two entries, are in. */
static unsigned
copies_count_lines(const struct scripts *s, size_t from, size_t to)
{
	unsigned n = 1;

	for (size_t i = from + 1; i < to; i++)
		n += s->shared[i].at.script != s->shared[i - 1].at.script ||
		     s->shared[i].at.line != s->shared[i - 1].at.line;
	return n;
}

/* So much of a script is not by chance, in marks of which two have each.  Of
 * three who have them each counts half, of four a third; what more have is a
 * usual way to write it. */
#define MARKS_LEAST 60
/* Where fewer have handed in scripts than that, what two have says less. */
#define SCRIPTS_LEAST 10

/* The marks that two have to share in the lab of E: half as many more where few
 * have handed in scripts there. */
static unsigned
find_least(const struct class *c, const struct class_entry *e)
{
	unsigned n = 0;

	for (size_t i = 0; i < c->n; i++)
		n += class_is_compared(&c->entries[i]) &&
		     c->entries[i].marks.n > 0 &&
		     strcmp(c->entries[i].lab, e->lab) == 0;
	return n >= SCRIPTS_LEAST ? MARKS_LEAST : MARKS_LEAST * 3 / 2;
}

static int
tell_scripts(struct class *c, struct scripts *s)
{
	int err = 0;

	if (s->nshared > 0)
		qsort(s->shared, s->nshared, sizeof(*s->shared), by_two);
	for (size_t i = 0, k; err == 0 && i < s->nshared; i = k) {
		unsigned weight = 0;

		for (k = i;
		     k < s->nshared && s->shared[k].a == s->shared[i].a &&
		     s->shared[k].b == s->shared[i].b;
		     k++)
			weight += s->shared[k].weight;
		if (weight >=
		    MARK_WEIGHT * find_least(c, &c->entries[s->shared[i].a]))
			err = copies_tell_script(
			    c, &s->shared[i], copies_count_lines(s, i, k));
	}
	return err;
}

static int
class_find_script_copies(struct class *c)
{
	struct scripts s = { .n = 0 };
	int err = list_marks(c, &s);

	for (size_t i = 0, k; err == 0 && i < s.n; i = k) {
		for (k = i + 1;
		     k < s.n && s.list[k].mark.hash == s.list[i].mark.hash; k++)
			;
		err = share_mark(c, &s, i, k);
	}
	if (err == 0)
		err = tell_scripts(c, &s);
	mem_free(s.list);
	mem_free(s.shared);
	return err;
}

/* ---- pairs ---- */

static int
by_entries(const void *a, const void *b)
{
	const struct class_pair *x = a, *y = b;

	if (x->a != y->a)
		return x->a < y->a ? -1 : 1;
	return x->b < y->b ? -1 : x->b > y->b;
}

/* The first entry of I's student that is compared. */
static size_t
find_first(const struct class *c, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (class_is_compared(&c->entries[k]) &&
		    class_same_student(&c->entries[k], &c->entries[i]))
			return k;
	return i;
}

/* The students of COPY, unless they are a pair already. */
static int
add_pair(struct class *c, const struct class_copy *copy)
{
	struct class_pair pair = { .a = find_first(c, copy->a), .b = copy->b };
	size_t from;

	for (size_t i = 0; i < c->npairs; i++)
		if (is_copy_of(c, copy, c->pairs[i].a, c->pairs[i].b))
			return 0;
	if (pair.b != CLASS_SEVERAL)
		pair.b = find_first(c, pair.b);
	/* Unless it is told who has it from whom, in the order of entries. */
	if (pair.b < pair.a)
		from = pair.a, pair.a = pair.b, pair.b = from;
	if (has_taken(c, pair.b, pair.a))
		from = pair.a, pair.a = pair.b, pair.b = from;
	pair.taken = has_taken(c, pair.a, pair.b);
	pair.ncopies = count_copies(c, pair.a, pair.b);
	if (ARRAY_ROOM(&c->pairs, &c->pairs_cap, c->npairs + 1) != 0)
		return ERR_NOMEM;
	c->pairs[c->npairs++] = pair;
	return 0;
}

static int
find_pairs(struct class *c)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < c->ncopies; i++)
		err = add_pair(c, &c->copies[i]);
	if (c->npairs > 0)
		qsort(c->pairs, c->npairs, sizeof(*c->pairs), by_entries);
	return err;
}

int
class_find_copies(struct class *c)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < c->n; i++)
		if (class_is_compared(&c->entries[i]))
			err = find_lab_copy(c, i);
	if (err == 0)
		err = find_value_copies(c, false);
	if (err == 0)
		err = class_find_fits(c);
	if (err == 0)
		err = find_value_copies(c, true);
	if (err == 0)
		err = class_find_script_copies(c);
	return err == 0 ? find_pairs(c) : err;
}
