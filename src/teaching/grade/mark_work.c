/* Reads what lies in a student's folder. */
#include "base/err.h"
#include "base/folder.h"
#include "base/mem.h"
#include "base/page_file.h"
#include "grade/graded.h"
#include "grade/mark.h"
#include "inputs/arrivals_file.h"
#include "inputs/share.h"
#include "session/own_labs.h"
#include "text/utf8.h"

#include <errno.h>
#include <string.h>

#define FIGURE_SIZE_MAX (4u << 20)

void
work_free(struct work *w)
{
	for (size_t i = 0; i < w->nruns; i++) {
		struct work_run *r = &w->runs[i];

		trace_destroy(r->trace);
		if (r->inputs != NULL)
			inputs_free(r->inputs);
		mem_free(r->inputs);
		mem_free(r->name);
		mem_free(r->path);
		buf_free(&r->failed);
		buf_free(&r->said);
	}
	if (w->lab_inputs != NULL)
		inputs_free(w->lab_inputs);
	mem_free(w->lab_inputs);
	answers_free(&w->answers);
	buf_free(&w->figure);
	mem_free(w->lab);
	mem_free(w->name);
	mem_free(w->copy);
	mem_free(w->student);
	mem_free(w->date);
	mem_free(w->version);
	*w = WORK_INIT;
}

bool
work_is_of_other_version(const struct work *w)
{
	return w->version != NULL && w->version[0] != '\0' &&
	       strcmp(w->version, RUNG_VERSION) != 0;
}

uint64_t
work_hash(const struct work *w, const struct trace *t)
{
	return work_is_of_other_version(w)
		   ? trace_hash_by(t, str_of(w->version))
		   : trace_hash(t);
}

const char *
work_student(const struct work *w)
{
	if (w->student != NULL && w->student[0] != '\0')
		return w->student;
	return w->answers.student != NULL ? w->answers.student : "";
}

const char *
work_copy_of(const struct work *w, const char *student)
{
	const char *owner = w->answers.student;

	return strcmp(owner != NULL ? owner : "", student) == 0 ? w->copy
								: NULL;
}

int
work_add_run(struct work *w, char *name, char *path, struct inputs *in)
{
	bool full = w->nruns == WORK_RUNS_MAX;

	if (full || name == NULL || (path == NULL && in == NULL)) {
		mem_free(name);
		mem_free(path);
		if (in != NULL)
			inputs_free(in);
		mem_free(in);
		return full ? ERR_LIMIT : ERR_NOMEM;
	}
	w->runs[w->nruns++] =
	    (struct work_run){ .name = name, .path = path, .inputs = in };
	return 0;
}

int
work_add_failed(struct work *w, char *name, const char *why)
{
	bool full = w->nruns == WORK_RUNS_MAX;
	struct work_run *r = &w->runs[w->nruns];

	if (full || name == NULL) {
		mem_free(name);
		return full ? ERR_LIMIT : ERR_NOMEM;
	}
	w->nruns++;
	*r = (struct work_run){ .name = name };
	buf_puts(&r->failed, why);
	return r->failed.err;
}

int
work_read_inputs(
    const struct work *w, struct inputs **out, struct json_value inputs)
{
	struct inputs *in = mem_zalloc(1, sizeof(*in));
	int err = in != NULL ? inputs_from_json(in, inputs) : ERR_NOMEM;

	if (err == 0) {
		inputs_use_files(in);
		in->folder = mem_strdup(w->lab);
		err = in->folder != NULL ? 0 : ERR_NOMEM;
	}
	if (err != 0 && in != NULL) {
		inputs_free(in);
		mem_free(in);
		in = NULL;
	}
	*out = in;
	return err;
}

int
work_add_inputs(struct work *w, char *name, const struct trace *t)
{
	struct inputs *in;
	struct diag d = DIAG_INIT;
	int err = work_read_inputs(w, &in, trace_head(t)->inputs);

	if (err == 0 && inputs_have_arrivals(in))
		err = arrivals_from_trace(&in->outside, t, &d);
	if (err == 0)
		return work_add_run(w, name, NULL, in);
	if (in != NULL)
		inputs_free(in);
	mem_free(in);
	mem_free(name);
	return err;
}

/* A network of the student's own may lack what the settings name: there the
 * seed alone is the student's. */
static int
run_script(struct work_run *r, const struct variant *v, struct diag *d)
{
	struct variant seed = VARIANT_INIT;
	int err = rerun_file(r->path, v, &r->trace, &r->said, d);

	if (err == 0 || err == ERR_NOMEM || v == NULL || v->nsettings == 0)
		return err;
	seed.has_seed = v->has_seed;
	seed.seed = v->seed;
	*d = DIAG_INIT;
	return rerun_file(r->path, &seed, &r->trace, &r->said, d);
}

int
work_run(struct work *w, const struct variant *v)
{
	for (size_t i = 0; i < w->nruns; i++) {
		struct work_run *r = &w->runs[i];
		struct diag d = DIAG_INIT;
		int err = 0;

		if (r->path != NULL)
			err = run_script(r, v, &d);
		else if (r->inputs != NULL)
			err = rerun_inputs(r->inputs, &r->trace, &r->said, &d);
		if (err == ERR_NOMEM)
			return err;
		if (err != 0)
			diag_write(&d, &r->failed);
		if (r->failed.err != 0 || r->said.err != 0)
			return ERR_NOMEM;
	}
	return 0;
}

/* The folder of the lab NAME, which is no path. */
int
work_find_named(const char *name, struct buf *path, struct diag *d)
{
	LOCAL_BUF place = BUF_INIT;
	int err = ERR_NOTFOUND;

	buf_printf(&place, "labs/%s", name);
	if (place.err != 0)
		err = ERR_NOMEM;
	else if (strchr(name, '/') == NULL && name[0] != '.')
		err = share_find(buf_cstr(&place), path);
	if (err != ERR_NOTFOUND)
		return err;
	diag_set(d, err, NULL, 0,
	    _("there is no lab “%s”; rung labs lists the labs"), name);
	return share_meant(d, err, name);
}

/* What judging by a folder takes. */
static bool
has_tasks(const char *folder)
{
	return folder_has(folder, "check.lua");
}

/* The lab SAID among those in FOLDER, or in its folder labs. */
static int
find_among(
    const char *folder, const char *said, struct buf *path, struct diag *d)
{
	static const char *const places[] = { "labs/", "" };
	bool name =
	    said[0] != '\0' && said[0] != '.' && strchr(said, '/') == NULL;

	for (size_t i = 0; name && i < 2; i++) {
		buf_clear(path);
		buf_printf(path, "%s/%s%s", folder, places[i], said);
		if (path->err != 0)
			return path->err;
		if (has_tasks(buf_cstr(path)))
			return 0;
	}
	diag_set(d, ERR_NOTFOUND, NULL, 0, _("there is no lab “%s” in %s"),
	    said, folder);
	return share_meant(d, ERR_NOTFOUND, said);
}

/* The lab that who judges calls LAB: a folder, one of labs of which the work
 * says which, or a name. */
static int
find_given(const char *lab, const char *said, struct buf *path, struct diag *d)
{
	int err;

	if (has_tasks(lab)) {
		buf_puts(path, lab);
		return path->err;
	}
	err = work_find_named(lab, path, d);
	if (err != ERR_NOTFOUND)
		return err;
	*d = DIAG_INIT;
	buf_clear(path);
	/* Without tasks it can be copied. */
	if (folder_has(lab, "lab.lua"))
		buf_puts(path, lab);
	else if (said[0] != '\0' && folder_has(lab, "."))
		return find_among(lab, said, path, d);
	else if (strchr(lab, '/') != NULL)
		return share_no_lab(lab, d);
	else
		return work_find_named(lab, path, d);
	return path->err;
}

/* The lab that the work itself says. */
static int
work_find_said(const char *said, struct buf *path, struct diag *d)
{
	struct diag none = DIAG_INIT;
	int err = work_find_named(said, path, &none);

	if (err != ERR_NOTFOUND)
		return err;
	diag_set(d, err, NULL, 0,
	    _("rung has no lab “%s”; name your own lab with rung check "
	      "--lab=FOLDER, a graded set with --set=FOLDER"),
	    said);
	return share_meant(d, err, said);
}

/* W's lab is in the folder PATH, by whose name all goes that differs from
 * student to student. */
static int
name_lab(struct work *w, const struct buf *path)
{
	struct str name;

	if (path->err != 0)
		return path->err;
	w->lab = folder_by_name(buf_cstr(path));
	if (w->lab == NULL)
		return ERR_NOMEM;
	name = folder_name(w->lab);
	w->name = mem_dup(name.p, name.n);
	return w->name != NULL ? 0 : ERR_NOMEM;
}

int
work_find_lab(
    struct work *w, const char *folder, const char *lab, struct diag *d)
{
	LOCAL_BUF path = BUF_INIT;
	const char *said = w->answers.lab != NULL ? w->answers.lab : "";
	int err = 0;

	/* A path is a lab only by the word of who judges: work could bring
	 * tasks of its own. */
	if (lab != NULL)
		err = find_given(lab, said, &path, d);
	else if (said[0] != '\0')
		err = work_find_said(said, &path, d);
	else if (folder != NULL)
		buf_puts(&path, folder);
	else
		err = diag_set(
		    d, ERR_SYNTAX, NULL, 0, _("it does not name its lab"));
	if (err == 0)
		err = name_lab(w, &path);
	if (err == 0)
		err = graded_guard("", w->lab, d);
	return err;
}

/* As inside_path; of a file that is there and can't be read D's ERR_IO. */
static int
find_inside(
    const char *folder, const char *name, struct buf *path, struct diag *d)
{
	int err = inside_path(folder, name, path);

	return err == ERR_NOTFOUND && errno != ENOENT
		   ? diag_set(d, ERR_IO, folder, 0, "%s: %s", name,
			 err_system(errno))
		   : err;
}

static int
read_answers(struct work *w, const char *folder, struct diag *d)
{
	LOCAL_BUF path = BUF_INIT, text = BUF_INIT;
	int err;

	err = find_inside(folder, ANSWERS_FILE, &path, d);
	if (err == ERR_NOTFOUND)
		return answers_read(&w->answers, STR_NULL, folder, d);
	if (err == ERR_RANGE)
		diag_set(d, err, folder, 0, _("%s leads out of its folder"),
		    ANSWERS_FILE);
	if (err == 0)
		err =
		    diag_read_file(&text, buf_cstr(&path), ANSWERS_SIZE_MAX, d);
	if (err == 0)
		err = answers_read(
		    &w->answers, buf_view(&text), buf_cstr(&path), d);
	return err;
}

/* One of the folder's files: a run, a figure, or nothing to us. */
static int
work_take_file(
    struct work *w, const char *folder, const char *name, struct diag *d)
{
	LOCAL_BUF path = BUF_INIT;
	struct str s = str_of(name);
	int err = 0;

	if (!str_ends(s, ".lua") && !str_ends(s, ".svg"))
		return 0;
	/* A link out of the folder is no work. */
	err = find_inside(folder, name, &path, d);
	if (err != 0)
		err = err == ERR_NOMEM || err == ERR_IO ? err : 0;
	else if (str_ends(s, ".lua") && !str_is(s, "check.lua") &&
		 !inputs_is_program_file(folder, name))
		err = work_add_run(w, mem_strdup(name), buf_take(&path), NULL);
	else if (str_ends(s, ".svg") && w->figure.n == 0)
		err =
		    buf_read_file(&w->figure, buf_cstr(&path), FIGURE_SIZE_MAX);
	if (err == ERR_IO && d->err == 0)
		diag_set(d, err, folder, 0, "%s: %s", name, err_system(errno));
	return err == ERR_LIMIT ? 0 : err;
}

static int
take_files(struct work *w, const char *folder, struct diag *d)
{
	struct folder_names f;
	int err = folder_names_read(&f, folder);

	if (err == ERR_IO)
		diag_set(d, err, folder, 0, "%s", err_system(errno));
	for (size_t i = 0; err == 0 && i < f.n; i++)
		err = work_take_file(w, folder, f.names[i], d);
	folder_names_free(&f);
	return err;
}

/* W's answers, which lie in a folder of the caller's, say in which one their
 * lab lies.  They are untrusted: that is followed to where the caller was
 * before. */
static int
check_own_lab(const struct work *w, struct diag *d)
{
	const char *lab = w->answers.folder;

	if (!own_labs_has(lab))
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("%s names the lab %s, which is not known here yet; rung "
		      "check --lab=FOLDER judges by it and remembers it"),
		    ANSWERS_FILE, lab);
	if (folder_has(lab, "lab.lua"))
		return 0;
	return diag_set(d, ERR_NOTFOUND, NULL, 0,
	    _("its lab is no longer in %s; name its new folder with rung check "
	      "--lab=FOLDER, or in %s (folder: FOLDER)"),
	    lab, ANSWERS_FILE);
}

/* As work_find_lab.  What lies in a graded set is of its labs, wherever one
 * looks at it from. */
static int
find_lab_from(struct work *w, const char *folder, const char *lab, bool own,
    struct diag *d)
{
	const char *said = w->answers.lab != NULL ? w->answers.lab : "";
	LOCAL_BUF set = BUF_INIT, named = BUF_INIT;
	int err;

	if (own && lab == NULL && w->answers.folder != NULL) {
		err = check_own_lab(w, d);
		if (err != 0)
			return err;
		lab = w->answers.folder;
	}
	err = share_set(folder, &set);
	if (err == 0 && lab == NULL && said[0] != '\0') {
		buf_printf(&named, "labs/%s/check.lua", said);
		if (folder_has(buf_cstr(&set), buf_cstr(&named)))
			lab = buf_cstr(&set);
	}
	if (err == ERR_NOMEM || named.err != 0)
		err = ERR_NOMEM;
	else
		err = work_find_lab(w, own ? folder : NULL, lab, d);
	if (err == 0)
		err = graded_guard(folder, w->lab, d);
	return err;
}

int
work_read_folder(struct work *w, const char *folder, const char *lab, bool own,
    struct diag *d)
{
	struct diag said = DIAG_INIT;
	int err;

	*w = WORK_INIT;
	err = read_answers(w, folder, d);
	if (err == 0 && (err = find_lab_from(w, folder, lab, own, &said)) != 0)
		diag_set(
		    d, err, lab == NULL ? folder : NULL, 0, "%s", said.text);
	if (err == 0)
		err = take_files(w, folder, d);
	if (err == 0) {
		page_file_note_all(folder);
		page_file_note_all(w->lab);
	}
	return diag_fail(d, err);
}
