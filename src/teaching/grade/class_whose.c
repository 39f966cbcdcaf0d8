/* Whose a submission is by its name, and the rosters that say so. */
#include "grade/class_whose.h"

#include <string.h>

#include "base/array.h"
#include "base/err.h"
#include "base/map.h"
#include "base/mem.h"
#include "grade/class.h"
#include "lesson/answer_spelling.h"
#include "text/charset.h"
#include "text/csv.h"
#include "text/utf8.h"

/* Reads rosters. */

#define ROSTER_SIZE_MAX (4u << 20)
/* X(ID, headings that mean it) */
#define COLUMNS(X)                                                       \
	X(ID, "学号|id|student|student id|studentid|number|no|学生编号") \
	X(NAME, "姓名|name|student name|full name")                      \
	X(GROUP, "班级|class|group|section")                             \
	X(WORD, "暗号|口令|word|password")                               \
	X(MAIL, "邮箱|电子邮件|email|e-mail|mail|email address")

enum column {
#define X(id, words) COLUMN_##id,
	COLUMNS(X)
#undef X
	    COLUMN_COUNT
};

static const char *const headings[] = {
#define X(id, words) words,
	COLUMNS(X)
#undef X
};

static void
free_row(struct roster_row *row)
{
	mem_free(row->id);
	mem_free(row->name);
	mem_free(row->group);
	mem_free(row->word);
	mem_free(row->mail);
}

void
roster_free(struct roster *r)
{
	for (size_t i = 0; i < r->n; i++)
		free_row(&r->rows[i]);
	mem_free(r->rows);
	map_destroy(r->by_key);
	buf_free(&r->remarks);
	*r = ROSTER_INIT;
}

/* ---- columns ---- */

static bool
owner_is_heading(struct str field, const char *words)
{
	struct str rest = str_of(words);

	field = str_trim(field);
	while (rest.n > 0)
		if (str_ieq(field, str_cut(rest, '|', &rest)))
			return true;
	return false;
}

static void
find_columns(const struct csv_rows *c, size_t at[COLUMN_COUNT])
{
	for (unsigned k = 0; k < COLUMN_COUNT; k++) {
		at[k] = SIZE_MAX;
		for (size_t i = 0; i < c->n && at[k] == SIZE_MAX; i++)
			if (owner_is_heading(
				buf_view(&c->fields[i]), headings[k]))
				at[k] = i;
	}
}

/* As a line that is shown, owned; NULL: no memory. */
static char *
copy_field(const struct csv_rows *c, size_t i)
{
	struct str s = i < c->n ? str_trim(buf_view(&c->fields[i])) : STR_NULL;
	LOCAL_BUF safe = BUF_INIT;

	utf8_add_safe(&safe, s);
	return safe.err == 0 ? mem_strdup(buf_cstr(&safe)) : NULL;
}

/* A number has a letter or a digit, of any alphabet. */
static bool
owner_is_number(const char *id)
{
	while (*id != '\0' && !chr_is_alnum(*id) && (unsigned char)*id < 0x80)
		id++;
	return *id != '\0';
}

/* A row without a number: names its other values. */
static void
tell_no_number(
    struct roster *r, const struct csv_rows *c, const struct roster_row *row)
{
	const char *what = row->id[0] != '\0' ? row->id : row->name;

	if (what[0] != '\0')
		buf_printf(&r->remarks,
		    _("line %u of the roster has no student number: %s\n"),
		    c->line, what);
}

static int
keep_row(struct roster *r, const struct roster_row *row)
{
	LOCAL_BUF key = BUF_INIT;
	int err = ARRAY_ROOM(&r->rows, &r->cap, r->n + 1);

	roster_put_key(row->id, &key);
	if (err == 0)
		err = key.err;
	if (err == 0)
		err = map_put(
		    r->by_key, buf_view(&key), (void *)(uintptr_t)(r->n + 1));
	if (err == 0)
		r->rows[r->n++] = *row;
	return err;
}

/* Takes the number of ROW, as it is compared and shown. */
static int
owner_take_number(
    struct roster *r, const struct csv_rows *c, struct roster_row *row)
{
	LOCAL_BUF id = BUF_INIT;
	struct diag said = DIAG_INIT;
	int err = spelling_student(str_of(row->id), &id, &said);

	if (err == ERR_SYNTAX)
		buf_printf(&r->remarks, _("line %u of the roster: %s\n"),
		    c->line, said.text);
	if (err == 0) {
		mem_free(row->id);
		row->id = mem_strdup(buf_cstr(&id));
		err = row->id != NULL ? 0 : ERR_NOMEM;
	}
	return err;
}

static int
owner_add_row(struct roster *r, const struct csv_rows *c, const size_t *at)
{
	struct roster_row row = { copy_field(c, at[COLUMN_ID]),
		copy_field(c, at[COLUMN_NAME]), copy_field(c, at[COLUMN_GROUP]),
		copy_field(c, at[COLUMN_WORD]),
		copy_field(c, at[COLUMN_MAIL]) };
	bool kept = false;
	int err = 0;

	if (row.id == NULL || row.name == NULL || row.group == NULL ||
	    row.word == NULL || row.mail == NULL)
		err = ERR_NOMEM;
	else if (!owner_is_number(row.id))
		tell_no_number(r, c, &row);
	else if ((err = owner_take_number(r, c, &row)) != 0)
		err = err == ERR_SYNTAX ? 0 : err;
	else if (roster_find(r, row.id) != NULL)
		buf_printf(&r->remarks,
		    _("line %u of the roster: %s appears twice\n"), c->line,
		    row.id);
	else
		kept = (err = keep_row(r, &row)) == 0;
	if (!kept)
		free_row(&row);
	return err;
}

static int
read_rows(
    struct roster *r, struct csv_rows *c, const char *name, struct diag *d)
{
	size_t at[COLUMN_COUNT];
	int err;

	if (!csv_read_row(c, &err))
		return err != 0 ? err
				: diag_set(d, ERR_SYNTAX, name, 0,
				      _("the roster is empty"));
	find_columns(c, at);
	if (at[COLUMN_ID] == SIZE_MAX)
		return diag_set(d, ERR_SYNTAX, name, 1,
		    _("no column of the roster is called 学号, id or student"));
	while (err == 0 && csv_read_row(c, &err))
		err = owner_add_row(r, c, at);
	if (c->open != 0)
		buf_printf(&r->remarks,
		    _("line %u of the roster has a quote that is never closed: "
		      "the text after it is not read\n"),
		    c->open);
	return err;
}

int
roster_read_text(
    struct roster *r, struct str text, const char *name, struct diag *d)
{
	LOCAL_BUF plain = BUF_INIT;
	struct csv_rows *c = mem_zalloc(1, sizeof(*c));
	int err =
	    c == NULL ? ERR_NOMEM : charset_read_file(text, name, &plain, d);

	*r = ROSTER_INIT;
	if (err == 0)
		err = map_create(&r->by_key);
	if (err == 0) {
		csv_begin(c, buf_view(&plain));
		err = read_rows(r, c, name, d);
	}
	if (c != NULL)
		csv_end(c);
	mem_free(c);
	if (err == 0)
		err = r->remarks.err;
	return diag_fail_file(d, err, name);
}

int
roster_read(struct roster *r, const char *path, struct diag *d)
{
	LOCAL_BUF text = BUF_INIT;
	int err = diag_read_file(&text, path, ROSTER_SIZE_MAX, d);

	*r = ROSTER_INIT;
	if (err == 0)
		err = roster_read_text(r, buf_view(&text), path, d);
	return err;
}

void
roster_put_key(const char *id, struct buf *out)
{
	size_t from = out->n;

	(void)spelling_student(str_of(id), out, NULL);
	for (; from < out->n; from++)
		out->p[from] = chr_lower(out->p[from]);
}

const struct roster_row *
roster_find(const struct roster *r, const char *id)
{
	LOCAL_BUF key = BUF_INIT;
	uintptr_t at = 0;

	roster_put_key(id, &key);
	if (r->by_key != NULL && key.err == 0)
		at = (uintptr_t)map_get(r->by_key, buf_view(&key));
	return at > 0 ? &r->rows[at - 1] : NULL;
}

/*
 * The student of a submission by its name.  Submissions lie in files and
 * folders that a teaching platform, or the student, has given a number or a
 * name of the roster; the outermost of these decides, since that is the
 * platform's.  The contents may name another one: then a student has handed in
 * with a foreign number, or a file went astray.
 */

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
class_find_whose(struct class *c)
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
class_tell_misnamed(struct class *c)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < c->n; i++)
		if (c->entries[i].misnamed)
			err = tell_misnamed(c, &c->entries[i]);
	return err;
}
