/* Requests and their answers: which there are, what each is given. */
#include "service/service.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/param.h"
#include "base/rows.h"
#include "search/fault.h"
#include "service/service_in.h"
#include "text/json_fields.h"

/* One that is not as its row says is not taken for another. */
#define MEMBER(member, kind, ...)                                \
	FIELD(struct service_request, member, kind, __VA_ARGS__, \
	    .flags = FIELD_RIGHT)

#define BESIDE(key, kind, ...) \
	FIELD_BESIDE_AS(key, kind, __VA_ARGS__, .flags = FIELD_RIGHT)

const struct field service_members[] = {
	MEMBER(id, NUMBER, "of the request; its answer has it, too"),
	FIELD_BY_HAND("ask", "the request's name"),
	BESIDE("texts", OBJECTS,
	    "each with `path` and `text`: the first is run, "
	    "the others are what it names. `base64` in place of `text` has "
	    "bytes"),
	BESIDE("acts", STRINGS, "as of `rung run --act`: done while it runs"),
	BESIDE("settings", STRINGS, "as of `rung run --set`"),
	MEMBER(seed, NUMBER, "of the run; 0: its own"),
	MEMBER(detail, TEXT, "`messages`, `protocol` or `network`"),
	MEMBER(student, TEXT, "whose values the lab and its tasks have"),
	MEMBER(lab, TEXT,
	    "path of the lab's script, where the first text is one that was "
	    "changed; missing: the first"),
	MEMBER(shown, FLAG,
	    "the first text is a trace, or a capture: nothing is run"),
	MEMBER(language, TEXT, "`en`, `zh`: of all that is said"),
	MEMBER(vocabulary, TEXT,
	    "states and events of transactions by RFC 3261, `rfc`, or by "
	    "libosip2, `osip`"),
	MEMBER(branch, NUMBER, "the branch, from 0"),
	MEMBER(record, NUMBER, "the position: a record, 0 before the first"),
	MEMBER(other, NUMBER, "the branch it is compared with"),
	MEMBER(since, NUMBER, "records behind this one"),
	MEMBER(t, NUMBER, "virtual time in ns, where it is behind the record"),
	MEMBER(budget, NUMBER,
	    "slices of some milliseconds, of `proceed` runs; 0: to the end"),
	MEMBER(act, FLAG, "it is the act that is to go on"),
	MEMBER(on, TEXT, "node, call, link, or `message`"),
	MEMBER(verb, TEXT, "what is done to it"),
	BESIDE("args", OBJECT, "the verb's arguments, strings"),
	MEMBER(key, TEXT, "of an argument"),
	MEMBER(value, TEXT, "of that argument"),
	MEMBER(name, TEXT, "of a branch"),
	MEMBER(pane, TEXT, "which one: a word of `panes`"),
	MEMBER(node, TEXT, "the chosen one; missing: the record's own"),
	MEMBER(has_machine, FLAG, "one of its machines is chosen"),
	MEMBER(machine, NUMBER, "which one, from 0"),
	MEMBER(raw, FLAG, "a message as it was sent"),
	MEMBER(past, FLAG, "later records are hidden"),
	MEMBER(before, NUMBER,
	    "records before this one alone, as if no other had happened; 0: "
	    "all"),
	MEMBER(width, NUMBER,
	    "cells of a line; 0: 80; of a `page` its picture's in print, "
	    "points, "
	    "0: 640",
	    .most = 1000),
	MEMBER(height, NUMBER, "lines of a picture; 0: 24", .most = 1000),
	MEMBER(words, TEXT,
	    "a filter, as of `rung show`; or a record's name; of `search` how "
	    "the commands that it tells name what is run"),
	MEMBER(by, NUMBER, "1: the next, -1: the last before, 0: that record",
	    .least = -1, .most = 1),
	MEMBER(title, TEXT, "of the picture; missing: the run's own"),
	MEMBER(format, TEXT,
	    "of `export`: `jsonl`, `html` or one of the ladder's "
	    "(`rung help export`; in a browser without `png` and `pdf`); "
	    "of `diff`: `txt`, `json`, `svg`"),
	MEMBER(only, TEXT, "kinds of faults, as of `rung search --only`"),
	MEMBER(method, TEXT, "faults upon messages of that method alone"),
	MEMBER(faults, NUMBER, "so many at once; 0: 1", .most = ATTEMPT_FAULTS),
	MEMBER(all, FLAG, "also what can make no difference is run"),
	MEMBER(seeds, TEXT, "`1..100`: a run with each of them"),
	MEMBER(hear, TEXT, "a node: what it hears"),
	BESIDE("say", STRINGS,
	    "nodes: what they say; beside what is heard on the right"),
	MEMBER(address, TEXT, "of the page, for a link; missing: none"),
	MEMBER(from, NUMBER, "of the picture: virtual time in ns"),
	MEMBER(to, NUMBER, "of the picture: the same; 0: to the end"),
	MEMBER(true_time, FLAG, "of the picture: an axis with a scale"),
	MEMBER(numbers, FLAG, "of the picture: messages are F1, F2 …"),
	MEMBER(size, NUMBER,
	    "of the picture: its width in print, in mm; 0: its own",
	    .most = 5080),
	MEMBER(
	    asks, WORD, "what a question is about", .word = engine_asks_word),
	MEMBER(nth, NUMBER, "which of them, from 0"),
	BESIDE("work", OBJECT,
	    "`answers`, as a verdict gives them; `runs`, an array of "
	    "links; `figure`, an SVG; `texts` of labs that an answer names"),
	MEMBER(date, TEXT, "now, as in `2026-11-21T16:00:00Z`"),
	MEMBER(text, TEXT,
	    "the answer: to a task what a student writes; else the numbers "
	    "of options as they were tried, `?` for the solution; of `grow` "
	    "lines, of `parse` a message, of `plan` a plan"),
	FIELDS_END,
};

struct row {
	struct service_row said;
	service_fn *fn;
	bool closed;          /* nothing need be open */
	const char *needs[4]; /* members that must be there */
};

/* clang-format off */
static const struct row rows[] = {
	{ { "open", "begins a run of texts; what was open is closed",
	    "texts lab shown acts settings seed detail student language "
	    "vocabulary",
	    "remarks branches" },
	    service_open, true, { "texts" } },
	{ { "texts", "adds texts, such as a handout or tasks, to the open run",
	    "texts", "" }, service_more_texts, false, { "texts" } },
	{ { "grow", "adds lines, each with its line end, to the shown trace; if a line is wrong, the lines before it stay", "text", "branches" },
	    service_grow, false, { "text" } },
	{ { "close", "ends it", "", "" }, service_close, true, { NULL } },
	{ { "branches", "tells the branches and how far they are", "", "branches" },
	    service_branches, false, { NULL } },
	{ { "advance", "continues a branch, or the action that was begun",
	    "branch act budget", "done branch percent records failed file line "
	    "doubts" },
	    service_advance, false, { NULL } },
	{ { "act", "begins to do something right after a record; `advance` with "
	    "`act` does it", "branch record t on verb args", "" },
	    service_act, false, { "on", "verb" } },
	{ { "cancel", "gives up the act that is being done", "", "" },
	    service_cancel, false, { NULL } },
	{ { "things", "tells on what something can be done after a record",
	    "branch record", "things message" }, service_things, false, { NULL } },
	{ { "faults", "returns the actions that cause the faults of pane `faults`, and the number of lines before the first of them",
	    "branch record", "faults lines" }, service_faults, false, { NULL } },
	{ { "verbs", "tells what can be done to something after a record",
	    "branch record on", "verbs" }, service_verbs, false, { "on" } },
	{ { "check", "tells whether an argument suits its verb",
	    "branch on verb key value", "" }, service_check, false, { "on", "verb", "key", "value" } },
	{ { "rename", "gives a branch a name", "branch name", "" },
	    service_rename, false, { NULL } },
	{ { "delete", "deletes a branch; the numbers of later branches decrease by one",
	    "branch", "" }, service_delete, false, { NULL } },
	{ { "records", "returns the trace's lines after `since`; with 0 also its header",
	    "branch before since", "records" }, service_records, false, { NULL } },
	{ { "panes", "tells which panes there are", "branch before", "panes" },
	    service_panes, false, { NULL } },
	{ { "pane", "shows a pane at a position",
	    "pane branch before record t node has_machine machine raw past width height",
	    "lines" }, service_pane, false, { NULL } },
	{ { "figure", "draws a pane at a position as SVG, and returns which parts are highlighted; `svg` is empty if the pane has no figure",
	    "pane branch before record t node has_machine machine past width height",
	    "svg lit node title id step machines timers flights more lines" },
	    service_figure, false, { NULL } },
	{ { "explain", "tells why a record happened", "branch before record width",
	    "lines" }, service_explain, false, { NULL } },
	{ { "find", "finds a record by words", "branch before words record by",
	    "record" }, service_find, false, { NULL } },
	{ { "list", "tells the records that a filter finds, the first 10,000",
	    "branch before words", "found" }, service_list, false, { NULL } },
	{ { "inspect", "tells which clauses of the RFCs a branch does not keep, as "
	    "`rung inspect` does", "branch before width", "lines" }, service_inspect, false, { NULL } },
	{ { "parse", "explains a message of SIP, as `rung parse` does", "text width",
	    "text fault" }, service_parse, true, { "text" } },
	{ { "picture", "draws the ladder as SVG", "branch before title from to", "svg" },
	    service_picture, false, { NULL } },
	{ { "page", "tells all that a page shows of a branch (docs/PAGE.md)",
	    "branch title width", "title body data" }, service_page, false, { NULL } },
	{ { "search", "begins to search a branch for faults that break it, as `rung "
	    "search` does; a check.lua among texts has the lab's goals",
	    "branch only node method faults all words texts", "" },
	    service_search, false, { NULL } },
	{ { "sweep", "begins to run a branch's inputs over seeds and values, as `rung "
	    "sweep` does", "branch seeds settings", "of" },
	    service_sweep, false, { "seeds" } },
	{ { "proceed", "goes on with that search or sweep, whatever is open by now",
	    "budget", "done runs of" }, service_proceed, true, { NULL } },
	{ { "outcome", "returns the results so far: text, figures, and which lines can be opened as a run", "", "text csv opens pictures" },
	    service_outcome, true, { NULL } },
	{ { "sound", "gives what a node hears, or nodes say, as `rung export -f wav` "
	    "does", "branch before hear say from to", "words remarks base64" },
	    service_sound, false, { NULL } },
	{ { "export", "writes a branch as `rung run -o` (`jsonl`) or `rung export "
	    "-f` does", "branch before format title from to true_time numbers size width",
	    "text base64" },
	    service_export, false, { NULL } },
	{ { "diff", "compares two branches, as `rung diff` does; the first may be a trace, the first one of `texts`",
	    "branch before texts other format width", "text same" }, service_diff, false, { NULL } },
	{ { "link", "returns a link that contains the inputs of the run (docs/PAGE.md)", "branch address", "link" }, service_link, false, { NULL } },
	{ { "question", "returns a question; for a lesson the handout with all tasks, for a score the results of the predictions", "asks branch record nth width work",
	    "question" },
	    service_question, false, { NULL } },
	{ { "verdict", "judges an answer", "asks branch record nth text width work",
	    "verdict" }, service_verdict, false, { NULL } },
	{ { "plan", "reads the plan of a lesson, Markdown (docs/LESSONS.md)", "text",
	    "title aim minutes steps wrong homework" },
	    service_plan, true, { "text" } },
	{ { "handin", "makes the file of `rung hand-in`, and the link of `rung "
	    "link --answers`", "work date address", "file link" },
	    service_handin, false, { NULL } },
};
/* clang-format on */

const struct service_row *
service_row(size_t i)
{
	return i < COUNT_OF(rows) ? &rows[i].said : NULL;
}

int
service_create(struct service **s)
{
	*s = mem_zalloc(1, sizeof(**s));
	return *s != NULL ? 0 : ERR_NOMEM;
}

void
service_destroy(struct service *s)
{
	if (s != NULL) {
		service_end_experiment(s);
		engine_close(s->engine);
	}
	mem_free(s);
}

/* ---- answering ---- */

static const struct row *
service_find_row(struct json_value object)
{
	struct str name;

	if (json_plain(json_member(object, "ask"), &name) != 0)
		return NULL;
	return ROWS_ROW(name, rows);
}

static int
no_request(const struct service_request *r, struct diag *d)
{
	const char *names[COUNT_OF(rows)];
	struct str ask = STR_NULL;

	if (json_member(r->object, "ask").type != JSON_NONE &&
	    json_member(r->object, "ask").type != JSON_STRING)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("ask must be a string, the name of the request"));
	(void)json_plain(json_member(r->object, "ask"), &ask);
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		names[i] = rows[i].said.name;
	if (ask.n == 0)
		return diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("ask, the name of the request, is missing"));
	diag_set(d, ERR_NOTFOUND, NULL, 0, _("there is no request “%.*s”"),
	    STR_ARG(ask));
	return diag_one_of(
	    d, ERR_NOTFOUND, ask, names, COUNT_OF(rows), sizeof(names[0]));
}

/* Rejects an unknown member; a member of another request is let pass. */
static int
check_members(
    const struct row *row, const struct service_request *r, struct diag *d)
{
	struct json_value v;
	struct str key;
	size_t at = 0;

	while (json_next(r->object.raw, &at, &key, &v) == 1) {
		const struct field *f = service_members;
		char takes[256];

		while (f->key != NULL && !str_is(key, f->key))
			f++;
		if (f->key != NULL)
			continue;
		diag_set(d, ERR_SYNTAX, NULL, 0, _("%s does not take “%.*s”"),
		    row->said.name, STR_ARG(utf8_clip(key, 40)));
		snprintf(takes, sizeof(takes), "id%s%s",
		    row->said.takes[0] != '\0' ? " " : "", row->said.takes);
		return diag_near(d, ERR_SYNTAX, key, takes);
	}
	return 0;
}

/* R has what ROW needs; a member that is nearly called so may be meant. */
static int
check_needs(
    const struct row *row, const struct service_request *r, struct diag *d)
{
	size_t i = 0;

	while (i < COUNT_OF(row->needs) && row->needs[i] != NULL &&
	       json_member(r->object, row->needs[i]).type != JSON_NONE)
		i++;
	if (i == COUNT_OF(row->needs) || row->needs[i] == NULL)
		return 0;
	return diag_set(d, ERR_SYNTAX, NULL, 0,
	    _("%s is missing: %s takes %s (see docs/TRACE.md)"), row->needs[i],
	    row->said.name, row->said.takes);
}

/* What REQUEST, which can't be read from REST on, has there. */
static int
no_json(struct str request, struct str rest, struct diag *d)
{
	struct str before = str_trim(str_slice(request, 0, request.n - rest.n));
	char first = rest.n > 0 ? rest.p[0] : '\0';
	const char *why = _("the text here can't be read");

	if (rest.n == 0)
		why = _("the end is missing");
	else if (first == '\'')
		why = _("put texts and names in \", not in '");
	else if (first == 'T' || first == 'F' || first == 'N')
		why = _("write true, false and null in small letters");
	else if ((first == '}' || first == ']') && str_ends(before, ","))
		why = _("remove the comma before it");
	else if (chr_is_alpha(first))
		why = _("put texts and names in \"");
	return diag_set(d, ERR_SYNTAX, NULL, 0,
	    _("a request must be one JSON object on one line; column %zu: %s"),
	    request.n - rest.n + 1, why);
}

static int
service_answer_request(struct service *s, const struct row *row,
    const struct service_request *r, struct buf *out, struct diag *d)
{
	if (row == NULL)
		return no_request(r, d);
	if (s->engine == NULL && !row->closed)
		return diag_set(d, ERR_STATE, NULL, 0, _("open a lab first"));
	if (s->engine != NULL &&
	    engine_hold(s->engine, (uint64_t)r->before, d) != 0)
		return d->err;
	return row->fn(s, r, out, d);
}

int
service_answer(struct service *s, struct str request, struct buf *out)
{
	struct service_request r = { .id = 0 };
	struct diag d = DIAG_INIT;
	const struct row *row = NULL;
	const struct field *amiss = NULL;
	int err = ERR_SYNTAX;
	struct str whole;
	size_t at;

	whole = request = str_unmarked(request);
	if (request.n > SERVICE_REQUEST_MAX)
		err = diag_set(&d, ERR_LIMIT, NULL, 0,
		    _("a request has at most %u bytes"), SERVICE_REQUEST_MAX);
	else if (json_read(&request, &r.object) != 0)
		err = no_json(whole, request, &d);
	else if (r.object.type == JSON_OBJECT)
		err = json_take_fields_amiss(
		    service_members, r.object, &r, &amiss);
	if (err == 0 || amiss != NULL)
		row = service_find_row(r.object);
	if (row != NULL && err != ERR_NOMEM &&
	    (check_needs(row, &r, &d) != 0 || check_members(row, &r, &d) != 0))
		err = ERR_SYNTAX;
	if (err == 0 && str_trim(request).n > 0)
		err = diag_set(&d, ERR_SYNTAX, NULL, 0,
		    _("a line must contain one request; there is more text "
		      "after it"));
	if (err == ERR_SYNTAX && amiss != NULL)
		json_tell_amiss(amiss, json_member(r.object, amiss->key), &d);
	else if (err == ERR_SYNTAX)
		diag_set(&d, err, NULL, 0,
		    _("a request must be one JSON object on one line"));
	buf_putc(out, '{');
	json_put_int(out, "id", r.id);
	at = out->n;
	json_open(out, "is", '{');
	if (err == 0)
		err = service_answer_request(s, row, &r, out, &d);
	if (err == ERR_SYNTAX && row != NULL)
		diag_set(&d, err, NULL, 0,
		    _("%s takes %s (see docs/TRACE.md); one of them has "
		      "another form"),
		    row->said.name, row->said.takes);
	if (err == 0) {
		buf_puts(out, "}}\n");
	} else {
		buf_truncate(out, at);
		json_put_wrong(out, err, &d);
		buf_puts(out, "}\n");
	}
	json_free_fields(service_members, &r);
	return out->err != 0 ? ERR_NOMEM : 0;
}

/* ---- requests a line each from a file, answers to another ---- */

/* A line of F to LINE, without its end, of one that is too long only more than
 * a request may have; false at the end. */
static bool
service_read_request(FILE *f, struct buf *line)
{
	int c;

	buf_clear(line);
	while ((c = getc_unlocked(f)) != EOF && c != '\n')
		if (line->n <= SERVICE_REQUEST_MAX)
			buf_putc(line, (char)c);
	return c != EOF || line->n > 0;
}

int
service_serve(FILE *in, FILE *to)
{
	LOCAL_BUF line = BUF_INIT, out = BUF_INIT;
	struct service *s;
	int err = service_create(&s);

	while (err == 0 && service_read_request(in, &line)) {
		buf_clear(&out);
		err = line.err != 0 ? line.err
				    : service_answer(s, buf_view(&line), &out);
		if (err == 0 &&
		    (fwrite(out.p, 1, out.n, to) != out.n || fflush(to) != 0))
			err = ERR_IO;
	}
	if (err == 0 && ferror(in))
		err = ERR_IO;
	service_destroy(s);
	return err;
}
