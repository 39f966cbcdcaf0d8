/*
 * Finds the owner of a submission, a student, by its name.  Submissions are
 * files and folders that a teaching platform, or the student, has given a
 * number or a name of the roster; the outermost of these decides, since that is
 * the platform's.  The contents may name another student: then a student has
 * handed in with a foreign number, or a file went astray.
 */
#include "grade/class.h"

#include <string.h>

#include "base/array.h"
#include "base/err.h"
#include "base/map.h"
#include "base/mem.h"

/* A shorter number counts only at the beginning of a name: the 2 of "homework2"
 * is not a student's. */
#define NUMBER_LEAST 4
/* Two letters are in any word; a Chinese name has two signs, six bytes. */
#define NAME_LEAST 3

/* ---- words in a name ---- */

/* Between A and B there is the end of a word. */
static bool
owner_is_border(char a, char b)
{
	return !(chr_is_digit(a) && chr_is_digit(b)) &&
	       !(chr_is_alpha(a) && chr_is_alpha(b));
}

/* A space of a name may have become another sign. */
static bool
is_same_sign(char in_word, char c)
{
	return chr_lower(in_word) == chr_lower(c) ||
	       (in_word == ' ' && strchr("_-.", c) != NULL && c != '\0');
}

static bool
owner_stands_at(struct str part, size_t at, const char *word)
{
	size_t n = strlen(word);

	if (at + n > part.n ||
	    (at > 0 && !owner_is_border(part.p[at - 1], word[0])) ||
	    (at + n < part.n && !owner_is_border(word[n - 1], part.p[at + n])))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!is_same_sign(word[i], part.p[at + i]))
			return false;
	return true;
}

static bool
owner_has_word(struct str part, const char *word)
{
	for (size_t at = 0; at < part.n; at++)
		if (owner_stands_at(part, at, word))
			return true;
	return false;
}

/* ID stands at byte AT of PART as a number of its own: U2023001 and 2023001X
 * are others than 2023001. */
static bool
number_stands_at(struct str part, size_t at, const char *id)
{
	size_t end = at + strlen(id);

	return owner_stands_at(part, at, id) &&
	       (at == 0 || !chr_is_alnum(part.p[at - 1])) &&
	       (end == part.n || !chr_is_alnum(part.p[end]));
}

static bool
owner_has_number(struct str part, const char *id)
{
	size_t last = strlen(id) < NUMBER_LEAST ? 0 : part.n;

	for (size_t at = 0; id[0] != '\0' && at <= last && at < part.n; at++)
		if (number_stands_at(part, at, id))
			return true;
	return false;
}

static bool
owner_has_name(struct str part, const char *name)
{
	return strlen(name) >= NAME_LEAST && owner_has_word(part, name);
}

/* ---- who is known ---- */

/* A student of whom the roster or a submission tells. */
struct known {
	const char *id, *name;
};

struct known_list {
	struct known *list;
	size_t n, cap;
	struct map *keys; /* of the roster's entries */
};

/* Unless there is one with that number. */
static int
add_known(struct known_list *k, const char *id, const char *name)
{
	LOCAL_BUF key = BUF_INIT;
	int err;

	roster_put_key(id, &key);
	err = key.err;
	if (err == 0 && map_get(k->keys, buf_view(&key)) == NULL) {
		err = ARRAY_ROOM(&k->list, &k->cap, k->n + 1);
		if (err == 0)
			err = map_put(k->keys, buf_view(&key), k);
		if (err == 0)
			k->list[k->n++] = (struct known){ id, name };
	}
	return err;
}

static int
list_known(const struct class *c, struct known_list *k)
{
	int err = map_create(&k->keys);

	for (size_t i = 0; err == 0 && i < c->roster.n; i++)
		err =
		    add_known(k, c->roster.rows[i].id, c->roster.rows[i].name);
	for (size_t i = 0; err == 0 && i < c->n; i++)
		if (c->entries[i].student[0] != '\0')
			err = add_known(k, c->entries[i].student, "");
	return err;
}

/* How many bytes of PART name K; 0: it does not. */
static size_t
find_known(struct str part, const struct known *k)
{
	if (owner_has_number(part, k->id))
		return strlen(k->id);
	return owner_has_name(part, k->name) ? strlen(k->name) : 0;
}

/* ---- numbers that are no student's ---- */

/* "20261121" */
static bool
is_date(struct str digits)
{
	uint32_t year, month, day;

	return digits.n == 8 && str_u32(str_slice(digits, 0, 4), &year) == 0 &&
	       str_u32(str_slice(digits, 4, 6), &month) == 0 &&
	       str_u32(str_slice(digits, 6, 8), &day) == 0 && year >= 2000 &&
	       year < 2100 && month >= 1 && month <= 12 && day >= 1 &&
	       day <= 31;
}

/* Digits in PART that look like a number of the same school as ID: as many,
 * and half of them the same. */
static struct str
owner_find_like(struct str part, const char *id)
{
	size_t n = strlen(id), from, to;

	for (size_t i = 0; i < n; i++)
		if (!chr_is_digit(id[i]))
			return STR_NULL;
	for (from = 0; from < part.n; from = to + 1) {
		for (to = from; to < part.n && chr_is_digit(part.p[to]);)
			to++;
		if (to - from == n && n > NUMBER_LEAST &&
		    memcmp(part.p + from, id, n / 2) == 0 &&
		    !is_date(str_slice(part, from, to)))
			return str_slice(part, from, to);
	}
	return STR_NULL;
}

/* ---- one submission ---- */

/* The student named by PART, of a path; STUDENT stands inside of the work ("":
 * none), and is taken where PART names several.  Empty: none. */
static struct str
find_named(struct str part, const char *student, const struct known_list *k)
{
	const struct known *best = NULL, *own = NULL;
	size_t most = 0, n;

	for (size_t i = 0; i < k->n; i++) {
		n = find_known(part, &k->list[i]);
		if (n > most) {
			most = n;
			best = &k->list[i];
		}
		if (n > 0 && str_iis(str_of(student), k->list[i].id))
			own = &k->list[i];
	}
	/* Of two names the shorter may be a part of the longer. */
	if (own != NULL &&
	    (owner_has_number(part, own->id) || find_known(part, own) == most))
		return str_of(own->id);
	return best != NULL ? str_of(best->id) : owner_find_like(part, student);
}

static int
find_by_path(struct class_entry *e, const struct known_list *k)
{
	struct str rest = str_of(e->file), said = STR_NULL;

	while (rest.n > 0 && said.n == 0)
		said = find_named(str_cut(rest, '/', &rest), e->student, k);
	e->named = mem_dup(said.n > 0 ? said.p : "", said.n);
	return e->named != NULL ? 0 : ERR_NOMEM;
}

static int
owner_add_remark(struct class_entry *e, const char *text)
{
	buf_printf(&e->remarks, "%s%s", e->remarks.n > 0 ? "\n" : "", text);
	return e->remarks.err;
}

/* Work without a number belongs to the student in its file's name. */
static int
take_named_student(struct class_entry *e)
{
	mem_free(e->student);
	e->student = mem_strdup(e->named);
	if (e->student == NULL)
		return ERR_NOMEM;
	return e->failed[0] == '\0'
		   ? owner_add_remark(
			 e, _("it contains no student number: the file's name "
			      "gives it, and the work is judged by the lab "
			      "without a number"))
		   : 0;
}

static int
tell_misnamed(struct class *c, const struct class_entry *e)
{
	buf_printf(&c->remarks,
	    _("%s: its name says %s, but the number in it is %s\n"), e->file,
	    e->named, e->student);
	return c->remarks.err;
}

int
submission_owner_find(struct class *c)
{
	struct known_list k = { .list = NULL };
	int err = list_known(c, &k);

	for (size_t i = 0; err == 0 && i < c->n; i++)
		err = find_by_path(&c->entries[i], &k);
	/* From here on the list borrows from what changes. */
	mem_free(k.list);
	map_destroy(k.keys);
	for (size_t i = 0; err == 0 && i < c->n; i++) {
		struct class_entry *e = &c->entries[i];

		if (e->named[0] == '\0')
			continue;
		if (e->student[0] == '\0')
			err = take_named_student(e);
		else if (!str_iis(str_of(e->student), e->named))
			e->misnamed = true;
	}
	return err;
}

int
submission_owner_tell_misnamed(struct class *c)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < c->n; i++)
		if (c->entries[i].misnamed)
			err = tell_misnamed(c, &c->entries[i]);
	return err;
}
