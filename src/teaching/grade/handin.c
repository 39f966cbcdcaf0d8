/* Reads hand-ins. */
#include "grade/handin.h"

#include "base/dates.h"
#include "base/err.h"
#include "base/mem.h"
#include "grade/report.h"
#include "inputs/arrivals_file.h"
#include "trace/file_kind.h"
#include "trace/page_link.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* How a zip file begins. */
#define ZIP_BEGIN "PK\3\4"

int
handin_look(const char *path, enum handin_kind *kind)
{
	bool report = report_is_called(path);
	LOCAL_BUF all = BUF_INIT;
	struct stat st;
	struct str text;
	int err;

	*kind = HANDIN_NONE;
	if (stat(path, &st) != 0)
		return ERR_IO;
	if (!S_ISREG(st.st_mode))
		return 0;
	err = buf_look_into_file(
	    &all, path, report ? HANDIN_SIZE_MAX : PAGE_LINK_LENGTH_MAX);
	text = str_unmarked(buf_view(&all));
	if (err != 0 && err != ERR_LIMIT)
		return err;
	if (str_starts(text, HANDIN_BEGIN) ||
	    (err == 0 &&
		(report ? report_has_handin(text) : page_link_is(text))))
		*kind = HANDIN_WORK;
	else if (str_starts(text, ZIP_BEGIN))
		*kind = HANDIN_ZIP;
	return 0;
}

/* The sum at the end of TEXT is that of the text before it. */
static bool
sum_is_right(struct str text)
{
	char want[40];
	size_t n;

	text = str_trim(text);
	n = sizeof(HANDIN_SUM_KEY) - 1 + 16 + 2;
	if (text.n < n)
		return false;
	snprintf(want, sizeof(want), HANDIN_SUM_KEY "%016" PRIx64 "\"}",
	    handin_sum(str_slice(text, 0, text.n - n)));
	return str_is(str_slice(text, text.n - n, text.n), want);
}

/* "2026-11-21T16:00:00Z", which is copied to OUT, in ns since 1970; -1 and ""
 * for anything else. */
static int64_t
read_handin_date(struct json_value v, char out[32])
{
	struct str text;
	int64_t ns;

	out[0] = '\0';
	if (json_plain(v, &text) != 0 || date_read(text, &ns) != 0)
		return -1;
	snprintf(out, 32, "%.*s", STR_ARG(text));
	return ns;
}

static void
read_exam(struct work *w, struct json_value v)
{
	int64_t begun =
	    read_handin_date(json_member(v, "begun"), w->exam_begun);
	int64_t ended =
	    read_handin_date(json_member(v, "ended"), w->exam_ended);

	if (json_int(json_member(v, "limit"), &w->exam_ns) != 0)
		w->exam_ns = 0;
	if (begun >= 0 && ended >= begun)
		w->exam_took_ns = ended - begun;
}

/* As put_failed wrote it. */
static int
read_failed(struct work *w, struct json_value v)
{
	char *name = NULL, *why = NULL;
	int err = json_copy(json_member(v, "name"), &name);

	if (err == 0)
		err = json_copy_safe(json_member(v, "failed"), &why);
	if (err == 0)
		err = work_add_failed(w, name, why);
	else
		mem_free(name);
	mem_free(why);
	return err;
}

static int
read_run(struct work *w, struct json_value v, struct diag *d)
{
	char *name = NULL;
	int err = json_copy(json_member(v, "name"), &name);
	struct json_value arrivals = json_member(v, "arrivals");
	struct inputs *in = NULL;

	if (err == 0)
		err = work_read_inputs(w, &in, json_member(v, "inputs"));
	if (err == 0 && inputs_have_arrivals(in) && arrivals.type != JSON_NONE)
		err = arrivals_take(&in->outside, arrivals, d);
	if (err != 0 && in != NULL) {
		inputs_free(in);
		mem_free(in);
		in = NULL;
	}
	/* What another version could run may be no run here. */
	if (err == ERR_SYNTAX && work_is_of_other_version(w)) {
		*d = DIAG_INIT;
		return work_add_failed(
		    w, name, _("this rung can't read the inputs of the run"));
	}
	if (err == 0)
		err = work_add_run(w, name, NULL, in);
	else
		mem_free(name);
	if (err == 0)
		json_hash(json_member(v, "hash"), &w->runs[w->nruns - 1].hash);
	return err;
}

/* The lab as the student had it; inputs that can't be read are as none. */
static int
read_lab(struct work *w, struct json_value v)
{
	struct json_value inputs = json_member(v, "inputs");
	int err = 0;

	json_hash(json_member(v, "trace"), &w->lab_hash);
	if (inputs.type == JSON_OBJECT)
		err = work_read_inputs(w, &w->lab_inputs, inputs);
	return err == ERR_NOMEM ? err : 0;
}

static int
read_runs(struct work *w, struct json_value list, struct diag *d)
{
	struct json_value v;
	size_t at = 0;
	int err = 0;

	while (err == 0 && json_item(list, &at, &v))
		err = json_member(v, "failed").type == JSON_STRING
			  ? read_failed(w, v)
			  : read_run(w, v, d);
	return err;
}

static int
set_no_date(struct work *w)
{
	mem_free(w->date);
	w->date = mem_strdup("?");
	return w->date != NULL ? 0 : ERR_NOMEM;
}

static int
read_object(
    struct work *w, struct json_value v, const char *lab, struct diag *d)
{
	int64_t version = 0;
	int err;

	if (json_int(json_member(v, "version"), &version) != 0 ||
	    version > HANDIN_VERSION)
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("it was made by a newer rung"));
	err = answers_from_json(&w->answers, json_member(v, "answers"));
	/* The fields outside of the answers count. */
	if (err == 0)
		err = json_copy(json_member(v, "lab"), &w->answers.lab) |
		      json_copy(json_member(v, "student"), &w->student) |
		      json_copy(json_member(v, "date"), &w->date) |
		      json_copy(json_member(v, "rung"), &w->version);
	/* rung writes one into each: who takes it out gains nothing by it. */
	if (err == 0 && w->date[0] == '\0')
		err = set_no_date(w);
	if (err == 0)
		err = work_find_lab(w, NULL, lab, d);
	if (err == 0)
		err = read_lab(w, v);
	if (err == 0)
		err = read_runs(w, json_member(v, "runs"), d);
	read_exam(w, json_member(v, "exam"));
	if (err == 0 && json_member(v, "figure").type == JSON_STRING)
		err = json_text(json_member(v, "figure"), &w->figure);
	return err;
}

/* ---- of a file that can't be read ---- */

/* Member KEY of the object that TEXT begins, which may end anywhere; *OUT stays
 * what it is where there is none. */
static int
take_member(struct str text, const char *key, char **out)
{
	struct json_value v;
	char mark[20];
	ptrdiff_t at;

	snprintf(mark, sizeof(mark), ",\"%s\":\"", key);
	at = str_find(text, mark);
	if (at < 0 || (*out != NULL && (*out)[0] != '\0'))
		return 0;
	text = str_slice(text, (size_t)at + strlen(mark) - 1, text.n);
	if (json_read(&text, &v) != 0)
		return 0;
	mem_free(*out);
	*out = NULL;
	return json_copy(v, out);
}

int
handin_read_head(struct work *w, struct str text)
{
	ptrdiff_t end;
	int err;

	text = str_unmarked(text);
	if (!str_starts(text, HANDIN_BEGIN))
		return 0;
	/* The rest is the student's, whatever it looks like. */
	text = str_slice(text, 0, HANDIN_HEAD_MAX);
	end = str_find(text, ",\"answers\":");
	if (end >= 0)
		text = str_slice(text, 0, (size_t)end);
	err = take_member(text, "lab", &w->answers.lab);
	return err == 0 ? take_member(text, "student", &w->student) : err;
}

/* ---- reading a whole file ---- */

int
handin_read_text(struct work *w, struct str text, const char *path,
    const char *lab, struct diag *d)
{
	struct diag said = DIAG_INIT;
	struct json_value v;
	struct str rest = text;
	int err;

	*w = WORK_INIT;
	w->edited = !sum_is_right(text);
	err = json_read(&rest, &v);
	if (err == 0 && (v.type != JSON_OBJECT || str_trim(rest).n > 0))
		err = ERR_SYNTAX;
	if (err != 0)
		diag_set(d, err, path, 0,
		    _("the hand-in is damaged: it is not a complete file of "
		      "rung hand-in"));
	if (err == 0)
		err = read_object(w, v, lab, &said);
	if (err != 0 && err != ERR_NOMEM && handin_read_head(w, text) != 0)
		err = ERR_NOMEM;
	return err == 0 ? 0
			: diag_set(d, err, path, 0, "%s",
			      said.err != 0 ? said.text : err_text(err));
}

/* A report carries the hand-in; it may not give the code of that.  Other
 * versions gave none for the pages of a PDF. */
static int
read_report(struct work *w, struct str text, const char *path, const char *lab,
    struct diag *d)
{
	LOCAL_BUF handin = BUF_INIT;
	bool coded = false;
	int err =
	    file_kind_refuse(text, path, FILE_WORK | FILE_OTHER | FILE_TEXT, d);

	if (err != 0)
		return err;
	err = report_read(text, &handin, &coded);
	if (err == 0) {
		err = handin_read_text(w, buf_view(&handin), path, lab, d);
		w->uncoded = !coded && !(str_starts(text, "%PDF-") &&
					   work_is_of_other_version(w));
	} else if (err == ERR_NOTFOUND) {
		diag_set(d, err, path, 0,
		    _("it contains no hand-in, or a damaged one"));
	}
	return err;
}

int
handin_read_link(
    struct work *w, struct str link, const char *lab, struct diag *d)
{
	LOCAL_BUF text = BUF_INIT;
	int err = page_link_read(link, &text, d);

	*w = WORK_INIT;
	if (err == 0 && !str_starts(buf_view(&text), HANDIN_BEGIN))
		err = diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("the link contains no answers; if it contains a lab, use "
		      "rung run or rung play"));
	if (err == 0)
		err =
		    handin_read_text(w, buf_view(&text), _("the link"), lab, d);
	return err;
}

int
handin_read(struct work *w, const char *path, const char *lab, struct diag *d)
{
	LOCAL_BUF text = BUF_INIT;
	int err = diag_read_file(&text, path, HANDIN_SIZE_MAX, d);

	*w = WORK_INIT;
	if (err == 0 && text.n <= PAGE_LINK_LENGTH_MAX &&
	    page_link_is(buf_view(&text)))
		err = handin_read_link(w, buf_view(&text), lab, d);
	else if (err == 0 && str_starts(buf_view(&text), HANDIN_BEGIN))
		err = handin_read_text(w, buf_view(&text), path, lab, d);
	else if (err == 0)
		err = read_report(w, buf_view(&text), path, lab, d);
	return err;
}
