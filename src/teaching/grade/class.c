/*
 * Judges a class: a job for each thing that lies in the folder, or for each
 * link in a table.
 */
#include "grade/class.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/folder.h"
#include "base/infile.h"
#include "base/mem.h"
#include "base/outfile.h"
#include "grade/arrival_dates.h"
#include "grade/handin.h"
#include "grade/mark.h"
#include "grade/new_lab.h"
#include "inputs/share.h"
#include "text/charset.h"
#include "text/csv.h"
#include "text/utf8.h"
#include "trace/page_link.h"

/* ---- a class as a table: each cell that holds a link is a submission ---- */

#define TABLE_SIZE_MAX (64u << 20)
#define LINKS_MAX      10000
/* Bytes of a row's other fields in the name of its file. */
#define NAME_MOST 120

/* "0005-3 2023001 张三.link": line, column, and what else is in the row, by
 * which its owner is known (submission_owner_find). */
static void
class_put_name(const struct csv_rows *c, size_t link, struct buf *path)
{
	struct buf name = BUF_INIT;

	buf_printf(&name, "%04u-%zu", c->line, link + 1);
	for (size_t i = 0; i < c->n; i++) {
		struct str s = str_trim(buf_view(&c->fields[i]));

		if (i == link || s.n == 0 || name.n + s.n > NAME_MOST ||
		    page_link_is(s))
			continue;
		buf_putc(&name, ' ');
		utf8_add_safe(&name, s);
	}
	for (size_t i = 0; i < name.n; i++)
		buf_putc(path, name.p[i] == '/' ? '_' : name.p[i]);
	buf_puts(path, ".link");
	buf_end(&name, &path->err);
}

static int
keep_link(
    const struct csv_rows *c, size_t link, const char *folder, struct diag *d)
{
	LOCAL_BUF path = BUF_INIT;
	int err;

	buf_printf(&path, "%s/", folder);
	class_put_name(c, link, &path);
	err = path.err != 0 ? path.err
			    : buf_write_file(&c->fields[link], buf_cstr(&path));
	if (err == ERR_IO)
		diag_set(d, err, buf_cstr(&path), 0, "%s", err_system(errno));
	return err;
}

static int
keep_links(
    struct csv_rows *c, const char *table, const char *folder, struct diag *d)
{
	size_t n = 0;
	int err = 0;

	while (err == 0 && csv_read_row(c, &err))
		for (size_t i = 0; err == 0 && i < c->n; i++) {
			if (!page_link_is(buf_view(&c->fields[i])))
				continue;
			err = n++ < LINKS_MAX
				  ? keep_link(c, i, folder, d)
				  : diag_set(d, ERR_LIMIT, table, c->line,
					_("a class has at most %d links"),
					LINKS_MAX);
		}
	if (err == 0 && n == 0)
		err = diag_set(d, ERR_NOTFOUND, table, 0,
		    _("is not a folder, a zip file or a table with links"));
	return err;
}

/* Each cell of the file TABLE, CSV in UTF-8, UTF-16 or GBK, that holds a link,
 * as a file in the new folder FOLDER.  0 or D's error. */
static int
class_take_table(const char *table, const char *folder, struct diag *d)
{
	LOCAL_BUF text = BUF_INIT, plain = BUF_INIT;
	LOCAL_MEM struct csv_rows *c = mem_zalloc(1, sizeof(*c));
	int err = c != NULL ? diag_read_file(&text, table, TABLE_SIZE_MAX, d)
			    : ERR_NOMEM;

	if (err == 0)
		err = charset_read_file(buf_view(&text), table, &plain, d);
	if (err == 0 && mkdir(folder, 0700) != 0)
		err = diag_set(d, ERR_IO, folder, 0, "%s", err_system(errno));
	if (err == 0) {
		csv_begin(c, buf_view(&plain));
		err = keep_links(c, table, folder, d);
	}
	if (c != NULL)
		csv_end(c);
	return diag_fail(d, err);
}

/* ---- judges a class: a job for each thing that lies in the folder ---- */

/* Limits of one submission, by default. */
#define MEMORY_USUAL ((uint64_t)2 << 30)
#define CPU_USUAL    INT64_C(60000000000)
#define WALL_USUAL   INT64_C(120000000000)
/* Processes take long to start. */
#define WALL_PROCESSES (5 * WALL_USUAL)
#define SAID_MOST      (4u << 20)

/* The class's own folder, and the one for unpacking. */
struct judging_class {
	struct class *c;
	const struct class_options *o;
	const char *given, *folder, *temp; /* given: may be a zip file */
	struct folder_names all;           /* that lies in the folder */
	const char **names;                /* of the submissions */
	size_t n, next, done;
	bool *judged; /* each */
	/* Submissions whose programs were asked no more: they are judged once
	 * more, ALONE on this machine. */
	uint64_t *again;
	size_t nagain;
	bool alone;
	struct script_marks labs; /* for all submissions, which inherit them */
};

void
class_free(struct class *c)
{
	for (size_t i = 0; i < c->n; i++) {
		struct class_entry *e = &c->entries[i];

		mem_free(e->file);
		mem_free(e->lab);
		mem_free(e->student);
		mem_free(e->date);
		mem_free(e->failed);
		mem_free(e->named);
		mem_free(e->exam_begun);
		mem_free(e->exam_ended);
		buf_free(&e->remarks);
		for (size_t k = 0; k < e->ntasks; k++) {
			mem_free(e->tasks[k].answer);
			mem_free(e->tasks[k].believed);
			mem_free(e->tasks[k].rule);
			buf_free(&e->tasks[k].records);
			mem_free(e->tasks[k].plain);
			mem_free(e->tasks[k].why);
			mem_free(e->tasks[k].key);
			mem_free(e->tasks[k].own);
			mem_free(e->tasks[k].foreign);
		}
		mem_free(e->values_of);
		for (size_t k = 0; k < e->nscripts; k++)
			mem_free(e->scripts[k]);
		mem_free(e->scripts);
		script_marks_free(&e->marks);
	}
	mem_free(c->entries);
	mem_free(c->pairs);
	for (size_t i = 0; i < c->ncopies; i++)
		buf_free(&c->copies[i].text);
	mem_free(c->copies);
	class_free_comments(c);
	roster_free(&c->roster);
	buf_free(&c->remarks);
	*c = CLASS_INIT;
}

/* ---- the jobs ---- */

static uint64_t
memory_bound(const struct judging_class *j)
{
	return j->o->bounds.memory != 0 ? j->o->bounds.memory : MEMORY_USUAL;
}

static bool
next_submission(void *arg, uint64_t *job)
{
	struct judging_class *j = arg;

	*job = j->alone && j->next < j->nagain ? j->again[j->next] : j->next;
	return j->next++ < (j->alone ? j->nagain : j->n);
}

/* Where submission JOB unpacks what it has. */
static void
name_place(const struct judging_class *j, uint64_t job, struct buf *path)
{
	buf_printf(path, "%s/%llu", j->temp, (unsigned long long)job);
}

static void
clear_place(const struct judging_class *j, uint64_t job)
{
	LOCAL_BUF path = BUF_INIT;

	name_place(j, job, &path);
	if (path.err == 0)
		folder_remove(buf_cstr(&path));
}

/* There was no memory for what had taken no more than a part of what it is
 * allowed, a quarter, or was never given that much: the machine has none. */
static bool
machine_lacks_memory(const struct judging_class *j)
{
	uint64_t pages, page = (uint64_t)sysconf(_SC_PAGESIZE);
	char text[64] = "";
	FILE *f = fopen("/proc/self/statm", "re");
	bool read = f != NULL && fgets(text, sizeof(text), f) != NULL;
	struct rlimit given;
	struct str rest;

	if (f != NULL)
		fclose(f);
	if (getrlimit(RLIMIT_AS, &given) == 0 &&
	    given.rlim_cur != memory_bound(j))
		return true;
	return read &&
	       str_u64(str_cut(str_of(text), ' ', &rest), &pages) == 0 &&
	       pages * page < memory_bound(j) / 4;
}

/* What the process says of a submission that is to be judged once more. */
#define AGAIN "again"

/* In the submission's process. */
static int
judge_submission(void *arg, uint64_t job, struct buf *out)
{
	struct judging_class *j = arg;
	LOCAL_BUF path = BUF_INIT, temp = BUF_INIT;
	struct diag d = DIAG_INIT;
	unsigned long lacked = mem_failures();
	int err;

	buf_printf(&path, "%s/%s", j->folder, j->names[job]);
	name_place(j, job, &temp);
	if (temp.err != 0 || path.err != 0)
		err = ERR_NOMEM;
	else if (mkdir(buf_cstr(&temp), 0700) != 0)
		err = diag_set(
		    &d, ERR_IO, buf_cstr(&temp), 0, "%s", err_system(errno));
	else
		err = class_judge_path(buf_cstr(&path), j->names[job],
		    buf_cstr(&temp), j->o, &j->labs, out, &d);
	if (mem_failures() > lacked && machine_lacks_memory(j)) {
		d = DIAG_INIT;
		err = diag_set(&d, ERR_IO, NULL, 0, "%s", err_system(ENOMEM));
	}
	if (err != 0 && d.err != 0) {
		buf_free(out);
		diag_write(&d, out);
	} else if (!j->alone && j->o->processes != NULL &&
		   j->o->processes->account->met > 0) {
		buf_clear(out);
		buf_puts(out, AGAIN);
	}
	return err;
}

/* Why a submission whose process did not end in order could not be judged. */
static const char *
class_why_not(enum job_end end)
{
	switch (end) {
	case JOB_MEMORY:
		return _("it exceeds the memory limit");
	case JOB_CPU:
		return _("it computes longer than is allowed");
	case JOB_TIMEOUT:
		return _("it exceeds the time limit");
	case JOB_KILLED:
		return _("the process that judged it was stopped from outside; "
			 "judge it again");
	default:
		return _("the process that judged it ended unexpectedly");
	}
}

/* The submission that ended its process: its owner, as far as its beginning
 * tells. */
static int
class_put_failure(const struct judging_class *j, uint64_t job, const char *why,
    struct buf *out)
{
	LOCAL_BUF path = BUF_INIT;
	LOCAL(work_free) struct work w = WORK_INIT;
	char head[HANDIN_HEAD_MAX];
	FILE *f = NULL;
	int err;

	buf_printf(&path, "%s/%s", j->folder, j->names[job]);
	err = path.err;
	if (err == 0 && (f = fopen(buf_cstr(&path), "rb")) != NULL) {
		err = handin_read_head(
		    &w, (struct str){ head, fread(head, 1, sizeof(head), f) });
		fclose(f);
	}
	if (err == 0)
		err = mark_put_failure(j->names[job], &w, why, out);
	return err;
}

/* This machine could not judge a submission, which says nothing of it. */
static int
class_tell_trouble(struct str said, struct diag *d)
{
	if (said.n == 0)
		said = str_of(err_system(ENOMEM));
	return diag_set(d, ERR_IO, NULL, 0,
	    _("this machine can't judge them: %.*s"), STR_ARG(said));
}

/* There is nothing to judge: that is a fault of what was given. */
static int
class_put_none(struct judging_class *j)
{
	const struct work w = WORK_INIT;
	LOCAL_BUF line = BUF_INIT;
	int err =
	    mark_put_failure(j->given, &w, _("it contains no work"), &line);

	if (err == 0)
		err = class_take_line(j->c, str_trim(buf_view(&line)));
	return err;
}

static int
take_submission(void *arg, uint64_t job, enum job_end end, struct str said,
    const char *what, struct diag *d)
{
	struct judging_class *j = arg;
	LOCAL_BUF failure = BUF_INIT, why = BUF_INIT;
	int err = 0;

	clear_place(j, job);
	if (end == JOB_DONE && str_is(said, AGAIN)) {
		j->again[j->nagain++] = job;
		return 0;
	}
	j->done++;
	j->judged[job] = true;
	if (end == JOB_TROUBLE)
		return class_tell_trouble(said, d);
	while (end == JOB_DONE && err == 0 && said.n > 0)
		err = class_take_line(j->c, str_cut(said, '\n', &said));
	if (end != JOB_DONE) {
		buf_puts(&why, class_why_not(end));
		if (what[0] != '\0')
			buf_printf(&why, " (%s)", what);
		err = class_put_failure(j, job, buf_cstr(&why), &failure);
		if (err == 0)
			err =
			    class_take_line(j->c, str_trim(buf_view(&failure)));
	}
	return diag_fail(d, err);
}

static int
tell_class_progress(void *arg)
{
	struct judging_class *j = arg;

	return j->o->look != NULL ? j->o->look(j->done, j->n, j->o->arg) : 0;
}

/* ---- the folder ---- */

/* The roster itself is not a submission, nor is the report of a class, a page
 * that carries no hand-in.  Of a page that can't be read its process says so.
 */
static bool
is_work(const struct judging_class *j, const char *name)
{
	struct str s = str_of(name);
	enum handin_kind kind = HANDIN_NONE;
	LOCAL_BUF path = BUF_INIT;

	buf_printf(&path, "%s/%s", j->folder, name);
	if (str_ends(s, ".html"))
		return handin_look(buf_cstr(&path), &kind) != 0 ||
		       kind == HANDIN_WORK;
	return !str_ends(s, ".csv") && !str_ends(s, ".CSV");
}

/* What its process reads is read for this one. */
static void
note_work(struct judging_class *j, char *name)
{
	LOCAL_BUF path = BUF_INIT;

	buf_printf(&path, "%s/%s", j->folder, name);
	file_ids_note_all(buf_cstr(&path));
	j->names[j->n++] = name;
}

static int
list_folder(struct judging_class *j, struct diag *d)
{
	int err = folder_names_read(&j->all, j->folder);

	if (err == ERR_IO)
		diag_set(d, err, j->folder, 0, "%s", err_system(errno));
	if (err != 0)
		return diag_fail(d, err);
	j->names = mem_zalloc(j->all.n + 1, sizeof(*j->names));
	j->again = mem_zalloc(j->all.n + 1, sizeof(*j->again));
	j->judged = mem_zalloc(j->all.n + 1, sizeof(*j->judged));
	if (j->names == NULL || j->again == NULL || j->judged == NULL)
		return diag_fail(d, ERR_NOMEM);
	for (size_t i = 0; i < j->all.n; i++)
		if (is_work(j, j->all.names[i]))
			note_work(j, j->all.names[i]);
	/* A roster says who has handed in nothing. */
	return j->n == 0 && j->o->roster == NULL ? class_put_none(j) : 0;
}

/* PATH holds one folder and nothing else, which is no student's: that is where
 * the work is. */
static int
enter_folder(struct buf *path)
{
	struct folder_names f, in = FOLDER_NAMES_INIT;
	size_t top = path->n;
	int err = folder_names_read(&f, buf_cstr(path));

	if (err == 0 && f.n == 1) {
		buf_printf(path, "/%s", f.names[0]);
		err = path->err;
		if (err == 0 && (folder_names_read(&in, buf_cstr(path)) != 0 ||
				    folder_has(buf_cstr(path), ANSWERS_FILE)))
			buf_truncate(path, top);
	}
	folder_names_free(&in);
	folder_names_free(&f);
	return err;
}

/* The class may come as a zip file or a table: UNPACKED becomes the folder. */
static int
class_open(struct judging_class *j, struct buf *unpacked, struct diag *d)
{
	struct unzip_budget left = UNZIP_BUDGET;
	const char *slash = strrchr(j->folder, '/');
	enum handin_kind kind;
	struct stat st;
	size_t top;
	int err = handin_look(j->folder, &kind);
	bool zip = kind == HANDIN_ZIP;

	if (err == ERR_IO)
		diag_set(d, err, j->folder, 0, "%s", err_system(errno));
	if (err != 0 || stat(j->folder, &st) != 0 || !S_ISREG(st.st_mode))
		return err;
	buf_printf(unpacked, "%s/class", j->temp);
	top = unpacked->n;
	if (zip && lab_make_folder(buf_cstr(unpacked), d) == 0)
		buf_printf(
		    unpacked, "/%s", slash != NULL ? slash + 1 : j->folder);
	if (unpacked->err != 0)
		return ERR_NOMEM;
	if (!zip)
		err = class_take_table(j->folder, buf_cstr(unpacked), d);
	else
		err = class_unzip(j->folder, buf_cstr(unpacked), &left, d);
	if (err == ERR_SYNTAX && zip && d->file[0] == '\0')
		snprintf(d->file, sizeof(d->file), "%s", j->folder);
	/* Of a zip file of one student's files the folder is the submission. */
	if (err == 0 && folder_has(buf_cstr(unpacked), ANSWERS_FILE))
		buf_truncate(unpacked, top);
	else if (err == 0 && zip)
		err = enter_folder(unpacked);
	j->folder = buf_cstr(unpacked);
	return err;
}

/* What the work is judged by, which is read by the processes of the
 * submissions: labs and their networks. */
static int
note_labs(const struct judging_class *j)
{
	static const char *const places[] = { "labs", "topologies" };
	int err = 0;

	if (j->o->lab != NULL)
		file_ids_note_all(j->o->lab);
	for (size_t i = 0; i < 2 && err != ERR_NOMEM; i++) {
		LOCAL_BUF path = BUF_INIT;

		err = share_find(places[i], &path);
		if (err == 0)
			file_ids_note_all(buf_cstr(&path));
	}
	return err == ERR_NOMEM ? err : 0;
}

/* What a server took counts by when it came, whatever date its sender wrote. */
static int
take_arrivals(const struct judging_class *j)
{
	LOCAL_BUF noted = BUF_INIT;
	int err = arrival_date_read(j->given, &noted);

	for (size_t i = 0; err == 0 && i < j->c->n; i++) {
		struct class_entry *e = &j->c->entries[i];
		LOCAL_BUF date = BUF_INIT;

		buf_str(&date, arrival_date_of(buf_view(&noted), e->file));
		if (date.n == 0)
			continue;
		mem_free(e->date);
		e->date = mem_strdup(buf_cstr(&date));
		e->undated = false;
		if (e->date == NULL)
			err = ERR_NOMEM;
	}
	return err;
}

/* The time of one submission by the clock. */
static int64_t
class_wall_bound(const struct class_options *o)
{
	if (o->bounds.wall != 0)
		return o->bounds.wall;
	if (o->processes == NULL)
		return WALL_USUAL;
	return WALL_PROCESSES + 2000000 * o->processes->account->most_ms;
}

/* Its time of a processor: what its programs cause has a bound of its own. */
static int64_t
class_cpu_bound(const struct class_options *o)
{
	if (o->bounds.cpu != 0)
		return o->bounds.cpu;
	return CPU_USUAL + (o->processes != NULL
				   ? 1000000 * o->processes->account->most_ms
				   : 0);
}

static int
run_jobs(struct judging_class *j, struct diag *d)
{
	const struct job_bounds *b = &j->o->bounds;
	struct jobs jobs = {
		.at_once = j->alone             ? 1
			   : j->o->at_once != 0 ? j->o->at_once
						: jobs_processors(),
		.bounds = { .memory = memory_bound(j),
		    .cpu = class_cpu_bound(j->o),
		    .wall = class_wall_bound(j->o),
		    .said = b->said != 0 ? b->said : SAID_MOST },
		.next = next_submission,
		.work = judge_submission,
		.done = take_submission,
		.look = tell_class_progress,
		.arg = j,
		.closed = -1,
	};

	return jobs_do(&jobs, d);
}

/* An interrupted class has rows of the others, as well. */
static int
put_unjudged(struct judging_class *j)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < j->n; i++) {
		LOCAL_BUF line = BUF_INIT;

		if (j->judged[i])
			continue;
		err = class_put_failure(
		    j, i, _("not judged: rung was interrupted before"), &line);
		if (err == 0)
			err = class_take_line(j->c, str_trim(buf_view(&line)));
		j->c->unjudged++;
	}
	return err;
}

static int
class_judge_all(struct judging_class *j, struct diag *d)
{
	struct temp_folder temp;
	LOCAL_BUF unpacked = BUF_INIT;
	int err = temp_folder_make(&temp, "rung-check", d);

	j->temp = buf_cstr(&temp.path);
	if (err == 0)
		err = class_open(j, &unpacked, d);
	if (err == 0)
		err = list_folder(j, d);
	if (err == 0)
		err = note_labs(j);
	if (err == 0)
		err = outfile_check(j->o->output, d);
	if (err == 0 && j->n > 0)
		err = diag_fail(d, script_marks_read_labs(&j->labs));
	lesson_prepare();
	if (err == 0)
		err = run_jobs(j, d);
	j->next = 0;
	j->alone = true;
	if (err == 0 && j->nagain > 0)
		err = run_jobs(j, d);
	if (err == 0)
		err = put_unjudged(j);
	script_marks_free(&j->labs);
	temp_folder_remove(&temp);
	return err;
}

int
class_judge(struct class *c, const char *folder, const struct class_options *o,
    struct diag *d)
{
	struct judging_class j = {
		.c = c, .o = o, .given = folder, .folder = folder
	};
	int err = 0;

	*c = CLASS_INIT;
	if (o->roster != NULL)
		err = roster_read(&c->roster, o->roster, d);
	if (err == 0)
		err = class_judge_all(&j, d);
	if (err == 0)
		err = take_arrivals(&j);
	class_sort_comments(c);
	if (err == 0)
		err = class_settle(c, o->deadline);
	if (err == 0)
		err = class_find_copies(c);
	mem_free(j.names);
	mem_free(j.again);
	mem_free(j.judged);
	folder_names_free(&j.all);
	return diag_fail(d, err);
}
