/*
 * What the process of one submission does, what those said, and which of it
 * counts.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/array.h"
#include "base/dates.h"
#include "base/err.h"
#include "base/folder.h"
#include "base/mem.h"
#include "grade/class_evidence.h"
#include "grade/comment.h"
#include "grade/handin.h"
#include "grade/mark.h"
#include "text/json_fields.h"
#include "text/utf8.h"

/* How deep folders may be in each other, and zip files in them. */
#define DEPTH_MAX 6
/* What may lie in a submission, unpacked or not. */
#define ITEMS_MAX 2000

/* One submission.  The limits hold for the whole of it, however it is packed:
 * unpacked bytes, the number of items, the depth; the time is its process's. */
struct visit {
	const char *temp;
	const struct class_options *o;
	const struct script_marks *labs;
	struct unzip_budget left;
	unsigned unpacked; /* zip files so far */
	unsigned items;    /* so far; no others are looked at */
	struct buf *out;
	size_t found;
	struct diag *trouble; /* of this machine */
};

/* This machine is lacking something: that says nothing of the work. */
static bool
is_own_trouble(int err)
{
	return err == ERR_IO || err == ERR_UNSUPPORTED;
}

static int
visit_path(struct visit *v, const char *path, const char *name, unsigned depth);
static int refuse_path(struct visit *v, const char *name, const char *why);

static int
class_job_say_failure(struct visit *v, const char *name, const struct diag *d)
{
	const struct work none = WORK_INIT;

	v->found++;
	return mark_put_failure(name, &none, d->text, v->out);
}

static int
class_job_put_work(const struct visit *v, const struct mark *m,
    const struct work *w, const char *name)
{
	int err = mark_put_json(m, w, name, v->out);

	return err == 0 ? class_evidence_find(m, w, v->labs, v->out) : err;
}

/* The work at PATH, a folder or a file, which is called NAME. */
static int
judge_work(struct visit *v, bool folder, const char *path, const char *name)
{
	struct diag d = DIAG_INIT;
	LOCAL(mark_free) struct mark m = MARK_INIT;
	LOCAL(work_free) struct work w;
	int err = folder ? work_read_folder(&w, path, v->o->lab, false, &d)
			 : handin_read(&w, path, v->o->lab, &d);

	v->found++;
	w.processes = v->o->processes;
	if (w.processes != NULL) {
		struct process_account *a = w.processes->account;

		*a = (struct process_account){ .most_ms = a->most_ms,
			.met = a->met };
	}
	if (err == 0)
		err = mark_work(&m, &w, NULL, &d);
	if (err == 0)
		err = class_job_put_work(v, &m, &w, name);
	else if (err != ERR_NOMEM)
		err = mark_put_failure(name, &w,
		    d.text[0] != '\0' ? d.text : err_text(err), v->out);
	return err;
}

/* ---- folders ---- */

static int
visit_items(struct visit *v, const char *path, const char *name, unsigned depth)
{
	struct folder_names f;
	int err = folder_names_read(&f, path);

	if (err == ERR_IO)
		err = refuse_path(v, name, err_system(errno));
	for (size_t i = 0; err == 0 && i < f.n && v->items < ITEMS_MAX; i++) {
		LOCAL_BUF item = BUF_INIT, shown = BUF_INIT;

		/* Folders that Macs add to zip files are no submissions. */
		if (strcmp(f.names[i], "__MACOSX") == 0)
			continue;
		buf_printf(&item, "%s/%s", path, f.names[i]);
		buf_printf(&shown, "%s/%s", name, f.names[i]);
		err = item.err != 0 || shown.err != 0
			  ? ERR_NOMEM
			  : visit_path(v, buf_cstr(&item), buf_cstr(&shown),
				depth + 1);
	}
	folder_names_free(&f);
	return err;
}

/* ---- zip files ---- */

static int
visit_zip(struct visit *v, const char *path, const char *name, unsigned depth)
{
	struct diag d = DIAG_INIT;
	LOCAL_BUF to = BUF_INIT;
	int err;

	buf_printf(&to, "%s/%u", v->temp, ++v->unpacked);
	err = to.err != 0 ? ERR_NOMEM
			  : class_unzip(path, buf_cstr(&to), &v->left, &d);
	if (err == 0)
		err = visit_path(v, buf_cstr(&to), name, depth + 1);
	else if (is_own_trouble(err))
		*v->trouble = d;
	else if (err != ERR_NOMEM)
		err = class_job_say_failure(v, name, &d);
	if (d.err == ERR_LIMIT)
		v->items = ITEMS_MAX;
	return err;
}

/* ---- any ---- */

static int
refuse_path(struct visit *v, const char *name, const char *why)
{
	struct diag d = DIAG_INIT;

	diag_set(&d, ERR_SYNTAX, NULL, 0, "%s", why);
	return class_job_say_failure(v, name, &d);
}

/* The file at PATH is a comment, or is passed over: ERR_NOTFOUND. */
static int
visit_comment(
    struct visit *v, const char *path, const char *name, unsigned depth)
{
	char text[COMMENT_FILE_MAX + 1];
	struct diag d = DIAG_INIT;
	FILE *f = fopen(path, "rb");
	struct str all = STR_NULL;
	int err;

	if (f != NULL)
		all = (struct str){ text, fread(text, 1, sizeof(text), f) };
	if (f != NULL)
		fclose(f);
	err = class_put_comment(name, all,
	    depth == 1 && str_starts(str_of(name), CLASS_NOTES "/"), v->out,
	    &d);
	v->found += err == 0;
	return err == 0 || err == ERR_NOTFOUND || err == ERR_NOMEM
		   ? err
		   : class_job_say_failure(v, name, &d);
}

/* The file at PATH. */
static int
visit_file(struct visit *v, const char *path, const char *name, unsigned depth)
{
	enum handin_kind kind;
	int err = handin_look(path, &kind);

	if (err != 0)
		return err == ERR_IO ? refuse_path(v, name, err_system(errno))
				     : err;
	if (kind == HANDIN_WORK)
		return judge_work(v, false, path, name);
	if (kind == HANDIN_ZIP)
		return visit_zip(v, path, name, depth);
	err = visit_comment(v, path, name, depth);
	if (err != ERR_NOTFOUND)
		return err;
	/* Of a folder's files the ones that are no work are passed over. */
	return depth == 0
		   ? refuse_path(v, name,
			 _("it is not a file of rung hand-in or rung report, "
			   "and not a folder or zip file with answers.txt"))
		   : 0;
}

static int
visit_folder(
    struct visit *v, const char *path, const char *name, unsigned depth)
{
	bool has;
	int err = folder_look_for(path, ANSWERS_FILE, &has);

	if (err != 0)
		return err == ERR_IO ? refuse_path(v, name, err_system(errno))
				     : err;
	return has ? judge_work(v, true, path, name)
		   : visit_items(v, path, name, depth);
}

static int
visit_path(struct visit *v, const char *path, const char *name, unsigned depth)
{
	struct stat st;

	if (++v->items == ITEMS_MAX)
		return refuse_path(v, name,
		    _("this and everything after it exceeds the limit"));
	if (depth > DEPTH_MAX)
		return refuse_path(
		    v, name, _("its folders are nested too deeply"));
	if (lstat(path, &st) != 0)
		return refuse_path(v, name, err_system(errno));
	if (S_ISLNK(st.st_mode))
		return refuse_path(
		    v, name, _("it is a link to something else"));
	if (S_ISDIR(st.st_mode))
		return visit_folder(v, path, name, depth);
	return S_ISREG(st.st_mode)
		   ? visit_file(v, path, name, depth)
		   : refuse_path(v, name, _("it is not a file"));
}

int
class_judge_path(const char *path, const char *name, const char *temp,
    const struct class_options *o, const struct script_marks *labs,
    struct buf *out, struct diag *d)
{
	struct visit v = { .temp = temp,
		.o = o,
		.labs = labs,
		.left = UNZIP_BUDGET,
		.out = out,
		.trouble = d };
	int err = visit_path(&v, path, name, 0);

	if (err == 0 && v.found == 0)
		err = refuse_path(&v, name, _("it contains no work"));
	return err;
}

/* What the processes of the submissions said, and which of it counts. */

/* ---- reading ---- */

static int
take_task(struct class_entry *e, struct json_value v)
{
	struct class_task *t = &e->tasks[e->ntasks++];

	t->verdict = LESSON_ERROR;
	if (json_member(v, "records").type == JSON_ARRAY)
		buf_str(&t->records, json_member(v, "records").raw);
	t->choice = str_is(json_member(v, "kind").raw, "\"choice\"");
	return json_take_fields(class_task_fields, v, t) |
	       json_copy(json_member(v, "plain"), &t->plain) | t->records.err;
}

static int
take_tasks(struct class_entry *e, struct json_value list)
{
	struct json_value v;
	size_t at = 0;
	int err = 0;

	while (err == 0 && e->ntasks < LESSON_TASKS_MAX &&
	       json_item(list, &at, &v))
		err = take_task(e, v);
	return err;
}

static int
take_remarks(struct class_entry *e, struct json_value list)
{
	struct buf text = BUF_INIT;
	struct json_value v;
	size_t at = 0;

	while (json_item(list, &at, &v)) {
		if (v.type != JSON_STRING)
			continue;
		buf_clear(&text);
		(void)json_text(v, &text);
		if (e->remarks.n > 0)
			buf_putc(&e->remarks, '\n');
		utf8_add_safe(&e->remarks, buf_view(&text));
	}
	buf_end(&text, &e->remarks.err);
	return e->remarks.err;
}

/* E's date, from whatever zone, in UTC, so that dates compare as texts do. */
static int
convert_entry_date(struct class_entry *e)
{
	LOCAL_BUF utc = BUF_INIT;
	int64_t ns;

	if (e->date[0] == '\0')
		return 0;
	e->undated = date_read(str_of(e->date), &ns) != 0;
	if (e->undated)
		return 0;
	date_write(&utc, ns);
	mem_free(e->date);
	e->date = utc.err == 0 ? mem_strdup(buf_cstr(&utc)) : NULL;
	return e->date != NULL ? 0 : ERR_NOMEM;
}

/* A task that was taken and not judged has no points yet: a remark says why. */
static int
note_taken(struct class_entry *e)
{
	for (size_t i = 0; i < e->ntasks; i++) {
		if (e->tasks[i].verdict != LESSON_RECEIVED ||
		    e->tasks[i].why[0] == '\0')
			continue;
		buf_puts(&e->remarks, e->remarks.n > 0 ? "\n" : "");
		buf_printf(
		    &e->remarks, _("task %zu: %s"), i + 1, e->tasks[i].why);
	}
	return e->remarks.err;
}

int
class_take_line(struct class *c, struct str line)
{
	struct class_entry *e;
	struct json_value v;
	int err;

	if (json_read(&line, &v) != 0 || v.type != JSON_OBJECT)
		return 0;
	err = class_take_comment(c, v);
	if (err != ERR_NOTFOUND)
		return err;
	if (c->n > 0) {
		err = class_evidence_take(&c->entries[c->n - 1], v);
		if (err != ERR_NOTFOUND)
			return err;
	}
	if (ARRAY_ROOM(&c->entries, &c->cap, c->n + 1) != 0)
		return ERR_NOMEM;
	e = &c->entries[c->n++];
	memset(e, 0, sizeof(*e));
	/* All that is the student's own is a line from here on: remarks and
	 * reports are made of them. */
	err = json_take_fields(class_entry_fields, v, e);
	if (err == 0)
		err = convert_entry_date(e);
	if (err == 0)
		err = take_tasks(e, json_member(v, "tasks"));
	if (err == 0)
		err = take_remarks(e, json_member(v, "remarks"));
	if (err == 0)
		err = note_taken(e);
	return err;
}

/* ---- who, and which counts ---- */

/* x.rung came before x.2.rung, and that before x.10.rung. */
static int
by_file(const char *a, const char *b)
{
	size_t n = strcspn(a, "."), la = strlen(a), lb = strlen(b);

	if (la != lb && n == strcspn(b, ".") && memcmp(a, b, n) == 0)
		return la < lb ? -1 : 1;
	return strcmp(a, b);
}

static int
by_student(const void *a, const void *b)
{
	const struct class_entry *x = a, *y = b;
	int r = strcmp(x->lab, y->lab);

	if (r == 0)
		r = strcmp(x->student, y->student);
	/* What has no date is not the latest. */
	if (r == 0)
		r = strcmp(
		    x->undated ? "" : x->date, y->undated ? "" : y->date);
	return r != 0 ? r : by_file(x->file, y->file);
}

static bool
class_job_is_later(const struct class_entry *a, const struct class_entry *b)
{
	return !a->undated && !b->undated && b->date[0] != '\0' &&
	       strcmp(a->date, b->date) > 0;
}

static bool
same_work(const struct class_entry *a, const struct class_entry *b)
{
	return strcmp(a->lab, b->lab) == 0 &&
	       strcmp(a->student, b->student) == 0 && a->student[0] != '\0';
}

/* E's file is named as rung serve names it. */
static bool
is_named_by_server(const struct class_entry *e)
{
	LOCAL_BUF stem = BUF_INIT;

	handin_put_stem(e->lab, e->student, &stem);
	buf_putc(&stem, '.');
	return stem.err == 0 &&
	       str_istarts(folder_name(e->file), buf_cstr(&stem));
}

/* What rung serve says in the name of E's file (classroom/handins.h): 0: its
 * member was put out; 1: another had said the number first; else 2. */
static unsigned
standing_of(const struct class_entry *e)
{
	const char *other = strstr(e->file, ".other");
	bool out = handin_name_is_out(e->file),
	     second = other != NULL && chr_is_digit(other[6]);

	if ((!out && !second) || !is_named_by_server(e))
		return 2;
	return out ? 0 : 1;
}

/* Tells of the entry that COUNTS that there is OTHER work. */
static int
tell_other(struct class_entry *counts, const struct class_entry *other)
{
	struct buf *out = &counts->remarks;

	if (out->n > 0)
		buf_putc(out, '\n');
	if (other->misnamed && !counts->misnamed) {
		buf_printf(out, _("%s does not count: its name says %s"),
		    other->file, other->named);
		return out->err;
	}
	if (standing_of(other) < standing_of(counts))
		buf_printf(out,
		    _("%s does not count: it is the work of another person who "
		      "gave this number"),
		    other->file);
	else if (other->failed[0] != '\0')
		buf_printf(out, _("%s does not count: %s"), other->file,
		    other->failed);
	else if (counts->exam_limit_s > 0 && other->exam_limit_s == 0)
		buf_printf(out, _("%s is not of the exam and does not count"),
		    other->file);
	else if (other->late && !counts->late)
		buf_printf(
		    out, _("%s came late and does not count"), other->file);
	else if (class_job_is_later(counts, other))
		buf_printf(out, _("%s does not count: %s is later"),
		    other->file, counts->file);
	else
		buf_printf(out, _("%s does not count, because %s does"),
		    other->file, counts->file);
	return out->err;
}

/* How much E counts beside others of the same student and lab: work without
 * another number in its name, of that the first owner's, of that judged work,
 * of that an exam, of that work in time. */
static int
weigh_entry(const struct class_entry *e)
{
	return !e->misnamed * 32 + (int)standing_of(e) * 8 +
	       (e->failed[0] == '\0') * 4 + (e->exam_limit_s > 0) * 2 +
	       !e->late;
}

/* E counts, since no other does: remarks on its name. */
static int
tell_own_name(struct class_entry *e)
{
	if (!e->misnamed && standing_of(e) == 2)
		return 0;
	buf_printf(&e->remarks, "%s", e->remarks.n > 0 ? "\n" : "");
	if (e->misnamed)
		buf_printf(&e->remarks, _("its name says %s"), e->named);
	else
		buf_puts(&e->remarks, _("another person gave this number "
					"first, or this person was excluded"));
	return e->remarks.err;
}

/* Which member handed E in, of the members that said its number, in the order
 * in which they said it, from 0; -1: the member was put out, or the file's name
 * has another number. */
static long
claimant_of(const struct class_entry *e)
{
	const char *other = strstr(e->file, ".other");
	unsigned standing = standing_of(e);

	if (e->misnamed || standing == 0)
		return -1;
	return standing == 2
		   ? 0
		   : 1 + (long)(strtoul(other + 6, NULL, 10) % 1000000);
}

/* Of the entries FROM … TO of one student and lab, of CLAIMANT alone (-1: of
 * any): the latest that counts most. */
static struct class_entry *
find_best(struct class *c, size_t from, size_t to, long claimant)
{
	struct class_entry *best = NULL;

	for (size_t i = from; i < to; i++) {
		struct class_entry *e = &c->entries[i];

		if ((claimant < 0 || claimant_of(e) == claimant) &&
		    (best == NULL || weigh_entry(e) >= weigh_entry(best)))
			best = e;
	}
	return best;
}

/* BEST is one of several who have said its number: each is in the report, and
 * none is taken. */
static int
class_job_contest_entry(struct class_entry *best)
{
	best->contested = true;
	buf_puts(&best->remarks, best->remarks.n > 0 ? "\n" : "");
	buf_puts(&best->remarks,
	    _("another person has used this number: neither counts until the "
	      "teacher says whose it is"));
	return best->remarks.err;
}

static int
class_job_choose_entry(struct class *c, size_t from, size_t to)
{
	struct class_entry *best = find_best(c, from, to, -1);
	bool contested = false;
	int err = 0;

	for (size_t i = from; i < to; i++)
		contested |= claimant_of(&c->entries[i]) >= 0 &&
			     claimant_of(&c->entries[i]) != claimant_of(best);
	for (size_t i = from; err == 0 && i < to; i++) {
		struct class_entry *e = &c->entries[i], *own = best;

		if (contested && claimant_of(e) >= 0)
			own = find_best(c, from, to, claimant_of(e));
		e->counts = e == own;
		if (e != own)
			err = tell_other(own, e);
		else if (contested)
			err = class_job_contest_entry(e);
		else
			err = tell_own_name(e);
	}
	return err;
}

static void
tell_missing_row(struct class *c, const struct roster_row *row)
{
	buf_printf(&c->remarks, _("nothing from %s"), row->id);
	if (row->name[0] != '\0')
		buf_printf(&c->remarks, " (%s)", row->name);
	buf_putc(&c->remarks, '\n');
}

static void
tell_missing(struct class *c)
{
	for (size_t i = 0; i < c->roster.n; i++) {
		bool there = false;

		for (size_t k = 0; k < c->n && !there; k++)
			there = c->entries[k].row == &c->roster.rows[i];
		if (!there)
			tell_missing_row(c, &c->roster.rows[i]);
	}
}

/* Adds a remark to E of whom the roster does not know. */
static int
tell_stranger(const struct class *c, struct class_entry *e)
{
	if (c->roster.n == 0 || e->row != NULL || e->student[0] == '\0')
		return 0;
	buf_printf(&e->remarks, "%s%s", e->remarks.n > 0 ? "\n" : "",
	    _("this number is not on the roster"));
	return e->remarks.err;
}

static int
tell_undated(struct class_entry *e)
{
	if (!e->undated)
		return 0;
	buf_puts(&e->remarks, e->remarks.n > 0 ? "\n" : "");
	buf_printf(&e->remarks,
	    e->late ? _("its date (%s) is not a date, so it counts as late")
		    : _("its date (%s) is not a date"),
	    e->date);
	return e->remarks.err;
}

int
class_settle(struct class *c, const char *deadline)
{
	int err = submission_owner_find(c);

	for (size_t i = 0; err == 0 && i < c->n; i++) {
		struct class_entry *e = &c->entries[i];

		if (e->student[0] != '\0')
			e->row = roster_find(&c->roster, e->student);
		if (e->row != NULL) {
			e->name = str_of(e->row->name);
			e->group = str_of(e->row->group);
		}
		err = tell_stranger(c, e);
		e->late = deadline != NULL &&
			  (e->undated || strcmp(e->date, deadline) > 0);
		if (err == 0)
			err = tell_undated(e);
	}
	if (c->n > 0)
		qsort(c->entries, c->n, sizeof(*c->entries), by_student);
	for (size_t i = 0, k; err == 0 && i < c->n; i = k) {
		for (k = i + 1;
		     k < c->n && same_work(&c->entries[i], &c->entries[k]); k++)
			;
		err = class_job_choose_entry(c, i, k);
	}
	buf_str(&c->remarks, buf_view(&c->roster.remarks));
	if (err == 0)
		err = submission_owner_tell_misnamed(c);
	tell_missing(c);
	return err != 0 ? err : c->remarks.err;
}
