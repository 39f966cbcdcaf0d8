/* The labs of a page: titles in each language, and the texts. */
#include "web/web.h"

#include "base/err.h"
#include "base/folder.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "inputs/share.h"
#include "inputs/share_labs.h"
#include "lesson/plan.h"
#include "runs/drive.h"
#include "text/json_fields.h"
#include "text/utf8.h"
#include "words/trace_words.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* ---- what a page has of labs' runs ---- */

/*
 * Records that are looked at for the sections of RFCs which they cite, by which
 * the lab is found. A lab has some thousand.
 */
#define RECORDS_MOST 20000

/*
 * T's lab has a handset: its trace is in the page, which can't run the lab,
 * since the firmware wants a machine of its own.
 */
static bool
has_handset(const struct trace *t)
{
	const struct trace_head *head = trace_head(t);

	for (size_t i = 0; i < head->nnodes; i++)
		if (str_is(head->nodes[i].role, "handset"))
			return true;
	return false;
}

/* LINE with "+DELTA," in place of its number and time, the time since LAST, and
 * with its cause told by how many records before it that is.  Numbers, times
 * and causes are a fifth of a packed trace; traceOf in
 * assets/page/app/library.js has them back. */
static void
web_library_put_record(
    struct str line, const struct trace_rec *rec, int64_t last, struct buf *out)
{
	char head[64], cause[40];
	int n = snprintf(head, sizeof(head),
	    "{\"seq\":%" PRIu64 ",\"t\":%" PRId64 ",", rec->seq, rec->t);
	ptrdiff_t at = str_find(line, "\"cause\":");
	int width =
	    snprintf(cause, sizeof(cause), "\"cause\":%" PRIu64, rec->cause);

	buf_printf(out, "+%" PRId64 ",", rec->t - last);
	line = str_slice(line, (size_t)n, line.n);
	if (at < n) {
		buf_str(out, line);
		return;
	}
	at -= n;
	buf_str(out, str_slice(line, 0, (size_t)at));
	buf_printf(out, "\"cause\":-%" PRIu64, rec->seq - rec->cause);
	buf_str(out, str_slice(line, (size_t)(at + width), line.n));
}

static void
put_trace(const struct trace *t, struct buf *out)
{
	int64_t last = 0;

	buf_str(out, trace_line(t, 0));
	buf_putc(out, '\n');
	for (uint64_t seq = 1; seq <= trace_count(t); seq++) {
		struct trace_rec rec;

		trace_get(t, seq, &rec);
		web_library_put_record(trace_line(t, seq), &rec, last, out);
		buf_putc(out, '\n');
		last = rec.t;
	}
}

/* "rfc3261-8.1.2 rfc3261-10.2 ", each once, in the order of the run. */
static void
put_cited(const struct trace *t, struct buf *out)
{
	struct buf word = BUF_INIT;
	struct trace_rec rec;

	for (uint64_t seq = 1; seq <= trace_count(t); seq++) {
		struct str why;

		trace_get(t, seq, &rec);
		why = trace_why(&rec);
		if (why.n == 0)
			continue;
		buf_clear(&word);
		buf_printf(&word, "%.*s ", STR_ARG(why));
		if (str_find(buf_view(out), buf_cstr(&word)) < 0)
			buf_str(out, buf_view(&word));
	}
	buf_end(&word, &out->err);
}

/* A lab that does not begin, or fails, is told so where it is opened. */
static int
web_library_record(
    struct drive *run, struct trace *t, struct buf *trace, struct buf *cited)
{
	struct diag d = DIAG_INIT;
	int err;

	if (cited == NULL && !has_handset(t))
		return 0;
	err = drive_through(run, NULL, NULL, &d);
	if (err == 0 && has_handset(t))
		put_trace(t, trace);
	if (cited != NULL)
		put_cited(t, cited);
	return err == ERR_NOMEM ? err : trace->err;
}

/* Appends to TRACE that of the lab in folder LAB where it has handsets, and to
 * CITED (NULL: to nothing, and only such labs run) the sections that its run
 * cites.  0 or ERR_NOMEM. */
static int
run_lab(const char *lab, struct buf *trace, struct buf *cited)
{
	struct drive_options o = { .max_records = RECORDS_MOST };
	LOCAL(inputs_free) struct inputs in = { .lab = NULL };
	struct drive *run = NULL;
	LOCAL_TRACE struct trace *t = NULL;
	struct diag d = DIAG_INIT;
	int err = inputs_read(&in, lab, &d);

	if (err == 0)
		err = trace_begin(&t, lab);
	o.trace = t;
	if (err == 0)
		err = drive_begin(&run, &in, &o, &d);
	if (err == 0)
		err = web_library_record(run, t, trace, cited);
	drive_end(run);
	return err == ERR_NOMEM ? err : 0;
}

/* A longer text is not a lab's. */
#define TEXT_MOST ((size_t)1 << 20)

struct library {
	const char *const *folders;
	size_t nfolders;
	bool cites;
	struct share_labs labs;
	struct buf *out, *late; /* where texts go to; what may come late */
};

static const struct {
	const char *key, *language;
} languages[] = { { "en", "en" }, { "zh", "zh_CN" } };

/* Texts and what a student does are by a lab's name. */
static int
check_names(const struct share_labs *labs, struct diag *d)
{
	for (size_t i = 0; i < labs->n; i++)
		for (size_t k = 0; k < i; k++)
			if (strcmp(labs->list[i].name, labs->list[k].name) == 0)
				return diag_set(d, ERR_SYNTAX,
				    labs->list[i].path, 0,
				    _("another lab has the same name: %s"),
				    labs->list[k].path);
	return 0;
}

/* The lab in FOLDER, or those of the set that it is; else the lab that is
 * called so. */
static int
add_labs(struct share_labs *labs, const char *folder, struct diag *d)
{
	LOCAL_BUF found = BUF_INIT;
	char *path = folder_by_name(folder);
	int err = path != NULL ? share_labs_add(labs, path) : ERR_NOMEM;

	if (err == ERR_NOTFOUND) {
		err = share_find_input(folder, &found);
		if (err == 0)
			err = share_labs_add(labs, buf_cstr(&found));
	}
	mem_free(path);
	if (err != ERR_NOTFOUND)
		return err;
	diag_set(d, err, folder, 0, "%s",
	    access(folder, F_OK) == 0 ? _("it contains no lab")
				      : _("is neither a folder nor a lab"));
	return share_meant(d, err, folder);
}

int
web_read_labs(const char *const *folders, size_t n, struct share_labs *labs,
    struct diag *d)
{
	int err = 0;

	*labs = SHARE_LABS_INIT;
	if (n == 0)
		return share_labs_read(labs);
	for (size_t i = 0; err == 0 && i < n; i++)
		err = add_labs(labs, folders[i], d);
	return err == 0 ? check_names(labs, d) : err;
}

static int
read_labs(struct library *l, struct diag *d)
{
	return web_read_labs(l->folders, l->nfolders, &l->labs, d);
}

/* ---- titles ---- */

struct told {
	const char *name;
	struct str group, title, text;
};

static const struct field told_fields[] = {
	FIELD(struct told, name, TEXT, "its folder"),
	FIELD(struct told, group, STR, "what it is about"),
	FIELD(struct told, title, STR, "what it is called"),
	FIELD(struct told, text, STR, "what it shows"),
	FIELDS_END,
};

static void
web_library_put_lab(const void *of, size_t i, struct buf *out)
{
	const struct share_labs *labs = of;
	const struct share_lab *lab = &labs->list[i];
	struct told told = { .name = lab->name,
		.group = str_of(i18n_text(lab->group)),
		.title = title_translate(str_of(lab->title)),
		.text = lab->text[0] != '\0' ? str_of(i18n_text(lab->text))
					     : STR_NULL };

	json_put_object(told_fields, &told, out);
}

/* What a stranger's handout says of its lab is read in each language. */
static int
put_titles(struct library *l, struct diag *d)
{
	const char *before = i18n_language();
	int err = 0;

	json_open(l->out, "labs", '{');
	for (size_t i = 0; err == 0 && i < COUNT_OF(languages); i++) {
		i18n_choose(languages[i].language);
		err = read_labs(l, d);
		json_put_objects(l->out, languages[i].key, l->labs.n,
		    web_library_put_lab, &l->labs);
		share_labs_free(&l->labs);
	}
	buf_putc(l->out, '}');
	i18n_choose(before);
	return err;
}

/* ---- texts ---- */

/* One behind the other, as they are: most of them are prose in two languages,
 * which escapes would make longer. */
static void
web_library_put_text(struct library *l, const char *path, struct str text)
{
	buf_putc(l->out, '\0');
	buf_puts(l->out, path);
	buf_putc(l->out, '\0');
	buf_str(l->out, text);
}

static bool
web_library_is_text(const char *name)
{
	static const char *const endings[] = { ".lua", ".gv", ".zone", ".sip",
		".py" };

	for (size_t i = 0; i < COUNT_OF(endings); i++)
		if (str_ends(str_of(name), endings[i]))
			return true;
	return strcmp(name, "README.md") == 0 ||
	       strcmp(name, "README.zh.md") == 0;
}

/* The plans of lessons, beside the labs. */
#define PLANS "plans"

static bool
web_library_is_plan(const char *folder, const char *name)
{
	return strcmp(folder, PLANS) == 0 && str_ends(str_of(name), ".md");
}

/* Chooses the texts of a folder that are put; NULL: all. */
typedef bool web_wanted_fn(struct str text, const char *name, void *arg);

/* The texts in FOLDER, as if that were called NAME. */
static int
put_texts_in(struct library *l, const char *folder, const char *name,
    web_wanted_fn *wanted, void *arg)
{
	LOCAL(folder_names_free) struct folder_names files = FOLDER_NAMES_INIT;
	LOCAL_BUF path = BUF_INIT, text = BUF_INIT, key = BUF_INIT;
	int err = folder_names_read(&files, folder);

	for (size_t i = 0; err == 0 && i < files.n; i++) {
		if (!web_library_is_text(files.names[i]) &&
		    !web_library_is_plan(name, files.names[i]))
			continue;
		buf_clear(&path);
		buf_clear(&text);
		buf_clear(&key);
		buf_printf(&path, "%s/%s", folder, files.names[i]);
		buf_printf(&key, "%s/%s", name, files.names[i]);
		err = path.err != 0 || key.err != 0
			  ? ERR_NOMEM
			  : buf_read_file(&text, buf_cstr(&path), TEXT_MOST);
		if (err == 0 && utf8_valid(buf_view(&text)) &&
		    memchr(text.p, '\0', text.n) == NULL &&
		    (wanted == NULL ||
			wanted(buf_view(&text), files.names[i], arg)))
			web_library_put_text(
			    l, buf_cstr(&key), buf_view(&text));
	}
	return err;
}

/* Similar texts pack well side by side: of all labs one such file, then the
 * next; NULL: all others. */
static const struct {
	const char *name;
	bool prose;
} kinds[] = {
	{ "lab.lua", false },
	{ NULL, false },
	{ "check.lua", true },
	{ "README.md", true },
	{ "README.zh.md", true },
};

/* What a lab names. */
struct naming {
	const struct share_lab *lab;
	const char *kind;
	struct buf script;
	bool keys; /* of a graded set */
};

static bool
is_of_kind(const char *name, const char *kind)
{
	if (kind != NULL)
		return strcmp(name, kind) == 0;
	for (size_t i = 0; i < COUNT_OF(kinds); i++)
		if (kinds[i].name != NULL && strcmp(name, kinds[i].name) == 0)
			return false;
	return true;
}

/* A file of the lab's own. */
static bool
is_own_text(struct str text, const char *name, void *arg)
{
	struct naming *n = arg;

	if (strcmp(name, "lab.lua") == 0)
		buf_str(&n->script, text);
	/* lesson_put_shuffle begins it so. */
	if (strcmp(name, "check.lua") == 0 &&
	    (str_starts(text, "shuffle ") || str_find(text, "\nshuffle ") >= 0))
		n->keys = true;
	return is_of_kind(name, n->kind);
}

/* Of topologies beside a lab the ones that it names without having them itself,
 * and all that topologies name. */
static bool
web_library_is_named(struct str text, const char *name, void *arg)
{
	const struct naming *n = arg;

	(void)text;
	return !folder_has(n->lab->path, name) &&
	       (!str_ends(str_of(name), ".gv") ||
		   str_find(buf_view(&n->script), name) >= 0);
}

/* The folder with rung's own topologies into PATH; empty where there is none.
 */
static int
find_topologies(struct buf *path)
{
	int err = share_find("topologies", path);

	return err == ERR_NOTFOUND ? 0 : err;
}

/* Topologies are looked for beside a lab as well, before rung's own: there the
 * page has them beside its script. */
static int
put_topologies_beside(struct library *l, struct naming *n, const char *name)
{
	static const char *const beside[] = { "../topologies",
		"../../topologies" };
	LOCAL_BUF own = BUF_INIT, path = BUF_INIT;
	int err = find_topologies(&own);

	for (size_t i = 0; err == 0 && i < COUNT_OF(beside); i++) {
		buf_clear(&path);
		buf_printf(&path, "%s/%s", n->lab->path, beside[i]);
		err = path.err;
		if (err == 0 && folder_has(n->lab->path, beside[i]) &&
		    !folder_same(buf_cstr(&path), buf_cstr(&own)))
			err = put_texts_in(
			    l, buf_cstr(&path), name, web_library_is_named, n);
	}
	return err;
}

/* What its run leaves may come late: the trace, where it has handsets, in whose
 * place stands an empty one until then, and what it cites. */
static int
web_library_put_run(struct library *l, const struct share_lab *lab)
{
	struct buf *first = l->out;
	struct buf path = BUF_INIT, trace = BUF_INIT, cited = BUF_INIT;
	int err = run_lab(lab->path, &trace, l->cites ? &cited : NULL);

	buf_printf(&path, "labs/%s/recorded.jsonl", lab->name);
	if (err == 0 && trace.n > 0)
		web_library_put_text(l, buf_cstr(&path), STR_NULL);
	l->out = l->late;
	if (err == 0 && trace.n > 0)
		web_library_put_text(l, buf_cstr(&path), buf_view(&trace));
	buf_clear(&path);
	buf_printf(&path, "cited/%s", lab->name);
	if (err == 0 && cited.n > 0)
		web_library_put_text(l, buf_cstr(&path), buf_view(&cited));
	l->out = first;
	buf_end(&path, &err);
	buf_end(&trace, &err);
	buf_end(&cited, &err);
	return err;
}

/* The texts of LAB that are of KIND. */
static int
put_lab_texts(struct library *l, const struct share_lab *lab, const char *kind,
    struct diag *d)
{
	LOCAL_BUF name = BUF_INIT;
	struct naming n = { .lab = lab, .kind = kind };
	int err;

	buf_printf(&name, "labs/%s", lab->name);
	err = name.err != 0 ? ERR_NOMEM
			    : put_texts_in(l, lab->path, buf_cstr(&name),
				  is_own_text, &n);
	if (err == 0 && n.keys)
		err = diag_set(d, ERR_UNSUPPORTED, lab->path, 0,
		    _("it contains the right answers of a graded set; make the "
		      "page of the set's folder for students"));
	if (err == 0 && kind == NULL)
		err = put_topologies_beside(l, &n, buf_cstr(&name));
	buf_free(&n.script);
	return err;
}

/* ARG: why a plan can't be read, which no page could hold a lesson by. */
static bool
web_library_reads_plan(struct str text, const char *name, void *arg)
{
	struct diag *d = arg;
	struct plan p;

	return d->err == 0 && plan_read(&p, text, name, d) == 0;
}

static int
put_plans_of(struct library *l, const char *folder, struct diag *d)
{
	int err = put_texts_in(l, folder, PLANS, web_library_reads_plan, d);

	return err != 0 ? err : d->err;
}

/* The plans in FOLDER, if it has some. */
static int
put_plans_in(
    struct library *l, const char *folder, const char *plans, struct diag *d)
{
	LOCAL_BUF path = BUF_INIT;

	buf_printf(&path, "%s/%s", folder, plans);
	if (path.err != 0 || !folder_has(folder, plans))
		return path.err;
	return put_plans_of(l, buf_cstr(&path), d);
}

/* rung's own plans, or plans in or beside one's own labs. */
static int
put_plans(struct library *l, struct diag *d)
{
	static const char *const places[] = { PLANS, "labs/" PLANS };
	LOCAL_BUF path = BUF_INIT;
	int err = 0;

	for (size_t i = 0; i < l->nfolders * COUNT_OF(places) && err == 0; i++)
		err = put_plans_in(l, l->folders[i / COUNT_OF(places)],
		    places[i % COUNT_OF(places)], d);
	if (l->nfolders > 0)
		return err;
	err = share_find("labs/" PLANS, &path);
	return err == ERR_NOTFOUND ? 0
	       : err == 0          ? put_plans_of(l, buf_cstr(&path), d)
				   : err;
}

/* The texts of all labs that are PROSE, or are not. */
static int
put_kinds(struct library *l, bool prose, struct diag *d)
{
	int err = 0;

	for (size_t k = 0; k < COUNT_OF(kinds); k++)
		for (size_t i = 0;
		     err == 0 && kinds[k].prose == prose && i < l->labs.n; i++)
			err = put_lab_texts(
			    l, &l->labs.list[i], kinds[k].name, d);
	return err;
}

static int
web_library_put_texts(struct library *l, struct diag *d)
{
	LOCAL_BUF own = BUF_INIT;
	int err = find_topologies(&own);

	if (err == 0 && own.n > 0)
		err = put_texts_in(l, buf_cstr(&own), "topologies", NULL, NULL);
	if (err == 0)
		err = put_kinds(l, false, d);
	return err;
}

static int
web_library_put_prose(struct library *l, struct diag *d)
{
	int err = put_plans(l, d);

	return err == 0 ? put_kinds(l, true, d) : err;
}

int
web_put_library(const char *const *folders, size_t n, bool cites,
    struct buf *out, struct buf *prose, struct diag *d)
{
	struct library l = { .folders = folders,
		.nfolders = n,
		.cites = cites,
		.out = out,
		.late = prose };
	int err;

	buf_putc(out, '{');
	err = put_titles(&l, d);
	buf_putc(out, '}');
	if (err == 0)
		err = read_labs(&l, d);
	if (err == 0)
		err = web_library_put_texts(&l, d);
	l.out = prose;
	if (err == 0)
		err = web_library_put_prose(&l, d);
	l.out = out;
	for (size_t i = 0; err == 0 && i < l.labs.n; i++)
		err = web_library_put_run(&l, &l.labs.list[i]);
	share_labs_free(&l.labs);
	if (err == 0)
		err = out->err != 0 ? out->err : prose->err;
	return diag_fail(d, err);
}
