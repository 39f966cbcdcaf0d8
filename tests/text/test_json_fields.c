/*
 * Structs as objects of JSON by their rows: written, read back, and read from
 * what is missing or wrong; and a part of docs/TRACE.md, which is made of the
 * rows (GOLDEN=1 writes it).
 */
#include "base/err.h"
#include "base/mem.h"
#include "base/rows.h"
#include "fixtures/check.h"
#include "fixtures/page_part.h"
#include "cli/cli.h"
#include "draw/doc.h"
#include "draw/svg_put.h"
#include "pictures/machines/machines_figure.h"
#include "pictures/network/network_figure.h"
#include "grade/class.h"
#include "ladder/layout.h"
#include "lesson/answers.h"
#include "quiz/quiz.h"
#include "inputs/arrivals_file.h"
#include "session/settings.h"
#include "sweep/result.h"
#include "text/json_fields.h"
#include "calls/calls.h"
#include "views/lesson/kept.h"
#include "words/annotate_doc.h"
#include "words/record_doc.h"

#define PAGE   "docs/TRACE.md"
#define SCHEMA "docs/json.schema.json"

/* ---- a struct with a value of each kind ---- */

static const char *const words[] = { "low", "high" };

static const char *
word(unsigned i)
{
	return i < COUNT_OF(words) ? words[i] : NULL;
}

struct thing {
	char *text, *line;
	struct str told;
	struct buf kept;
	char name[6];
	bool flag;
	unsigned few, points, level;
	int64_t many;
	uint64_t hash;
};

static const struct field rows[] = {
	FIELD(struct thing, text, TEXT, NULL),
	FIELD(struct thing, line, LINE, NULL),
	FIELD(struct thing, told, STR, NULL),
	FIELD(struct thing, kept, BUF, NULL, .flags = FIELD_ANY),
	FIELD_AS("called", struct thing, name, CHARS, NULL),
	FIELD(struct thing, flag, FLAG, NULL),
	FIELD(struct thing, few, NUMBER, NULL, .least = 1, .most = 9),
	FIELD(struct thing, many, NUMBER, NULL, .least = INT64_MIN),
	FIELD(struct thing, points, HUNDREDTHS, NULL),
	FIELD(struct thing, hash, HASH, NULL, .flags = FIELD_ANY),
	FIELD(struct thing, level, WORD, NULL, .word = word),
	FIELD_BY_HAND("else", "what is no row's"),
	FIELDS_END,
};

static void
thing_free(struct thing *t)
{
	mem_free(t->text);
	mem_free(t->line);
	buf_free(&t->kept);
	memset(t, 0, sizeof(*t));
}

static int
take(const struct field *of, const char *text, struct thing *t)
{
	struct str rest = str_of(text);
	struct json_value v;

	CU_ASSERT_EQUAL_FATAL(json_read(&rest, &v), 0);
	return json_take_fields(of, v, t);
}

static void
points_are_hundredths(void)
{
	static const struct {
		unsigned n;
		const char *text;
	} cases[] = { { 0, "0" }, { 700, "7" }, { 750, "7.5" }, { 33, "0.33" },
		{ 1205, "12.05" } };

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct thing t = { .points = 1 };
		struct buf b = BUF_INIT, object = BUF_INIT;

		buf_hundredths(&b, cases[i].n);
		CU_ASSERT_STRING_EQUAL(buf_cstr(&b), cases[i].text);
		buf_printf(&object, "{\"points\":%s}", cases[i].text);
		CU_ASSERT_EQUAL(take(rows, buf_cstr(&object), &t), 0);
		CU_ASSERT_EQUAL(t.points, cases[i].n);
		thing_free(&t);
		buf_free(&b);
		buf_free(&object);
	}
}

/* Nothing of this is as its row says: it stays what it was, texts are empty. */
static void
wrong_values_change_nothing(void)
{
	static const char *const texts[] = {
		"[]",
		"{}",
		("{\"text\":1,\"line\":[],\"kept\":null,\"called\":\"bobbob\","
		 "\"flag\":\"true\",\"few\":10,\"many\":9223372036854775808,"
		 "\"points\":\"7\",\"level\":\"middle\"}"),
		("{\"called\":\"a\\u0000\",\"flag\":1,\"few\":0,\"many\":1.5,"
		 "\"points\":100001,\"level\":1}"),
	};

	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		struct thing t = { .name = "carol",
			.flag = true,
			.few = 3,
			.many = 4,
			.points = 5,
			.level = 1 };

		CU_ASSERT_EQUAL(take(rows, texts[i], &t), 0);
		CU_ASSERT_STRING_EQUAL(t.text, "");
		CU_ASSERT_STRING_EQUAL(t.line, "");
		CU_ASSERT_EQUAL(t.kept.n, 0);
		CU_ASSERT_STRING_EQUAL(t.name, "carol");
		CU_ASSERT(t.flag);
		CU_ASSERT_EQUAL(t.few, 3);
		CU_ASSERT_EQUAL(t.many, 4);
		CU_ASSERT_EQUAL(t.points, 5);
		CU_ASSERT_EQUAL(t.level, 1);
		thing_free(&t);
	}
}

/* ---- the page ---- */

/* What is printed of a list of objects alone. */
#define LIST(name, key, text_, rows)                              \
	static const struct field name[] = {                      \
		FIELD_BESIDE_AS(key, OBJECTS, text_, .of = rows), \
		FIELDS_END,                                       \
	}

LIST(records_fields, "records", "in their order", record_told_fields);
LIST(calls_fields, "calls", "in the order of `--sort`", call_fields);
LIST(labs_fields, "labs", "by group", lab_fields);
LIST(doc_fields, "lines", "from top to bottom", doc_line_fields);

/* What views/panes has in a figure, which is written by hand. */
static const struct field figure_fields[] = {
	FIELD_BESIDE_AS("svg", STRING, "empty: there is no picture"),
	FIELD_BESIDE_AS("lit", OBJECTS, "which elements are lit now",
	    .flags = FIELD_ANY, .of = svg_lit_fields),
	FIELD_BESIDE_AS(
	    "node", STRING, "of machines: whose they are", .flags = FIELD_ANY),
	FIELD_BESIDE_AS("title", STRING, "of the machine that is drawn",
	    .flags = FIELD_ANY),
	FIELD_BESIDE_AS("id", STRING, "of its records", .flags = FIELD_ANY),
	FIELD_BESIDE_AS("step", OBJECT, "its last", .flags = FIELD_ANY,
	    .of = figure_step_fields),
	FIELD_BESIDE_AS("machines", OBJECTS, "all of the node",
	    .flags = FIELD_ANY, .of = figure_machine_fields),
	FIELD_BESIDE_AS("timers", OBJECTS, "of the one that is drawn",
	    .flags = FIELD_ANY, .of = figure_timer_fields),
	FIELD_BESIDE_AS("flights", OBJECTS, "messages under way in a network",
	    .flags = FIELD_ANY, .of = figure_flight_fields),
	FIELD_BESIDE_AS("more", INTEGER, "messages under way beside those",
	    .flags = FIELD_ANY),
	FIELD_BESIDE_AS("lines", OBJECTS,
	    "bindings, timers that no machine has; what NATs have",
	    .flags = FIELD_ANY, .of = doc_line_fields),
	FIELDS_END,
};

/* ---- the ladder, which is written by hand (ladder/ladder_file.c) ---- */

static const char *
item_word(unsigned i)
{
	return i < LAYOUT_ITEM_COUNT ? layout_item_name((enum layout_item)i)
				     : NULL;
}

static const struct field column_fields[] = {
	FIELD_BESIDE_AS("name", STRING, "the node's name"),
	FIELD_BESIDE_AS("label", STRING, "what stands at its head"),
	FIELD_BESIDE_AS("role", STRING, "what it plays"),
	FIELD_BESIDE_AS("domain", STRING, "where it is"),
	FIELD_BESIDE_AS("group", STRING, "of the frame that it stands in",
	    .flags = FIELD_ANY),
	FIELDS_END,
};

#define MAYBE(key, kind, text) \
	FIELD_BESIDE_AS(key, kind, text, .flags = FIELD_ANY)

static const struct field row_fields[] = {
	FIELD(struct layout_row, item, WORD, "what the row is",
	    .word = item_word),
	FIELD(struct layout_row, seq, NUMBER, "its record"),
	FIELD(struct layout_row, t, NUMBER, "virtual time in ns",
	    .least = INT64_MIN),
	MAYBE("end_seq", INTEGER, "the record that ends it"),
	MAYBE("end_t", INTEGER, "and when"),
	MAYBE("set_seq", INTEGER, "of a timer: the record that set it"),
	MAYBE("set_t", INTEGER, "and when"),
	MAYBE("from", INTEGER, "the column that an arrow leaves, from 0"),
	MAYBE("to", INTEGER, "the column that it reaches"),
	MAYBE("at", INTEGER, "of what is no arrow: its column"),
	MAYBE("kind", STRING, "of an arrow: `request`, `success` …"),
	FIELD_BESIDE_AS("label", STRING, "what stands on it"),
	MAYBE("why", STRING, "the rule"),
	MAYBE("number", INTEGER, "its number, as with `--with=numbers`"),
	MAYBE("retransmission", INTEGER, "which repetition it is, from 1"),
	MAYBE("folded", INTEGER, "repetitions that are drawn in it"),
	MAYBE("folded_lost", INTEGER, "of them, lost ones"),
	MAYBE("copies", INTEGER, "of what was seen several times"),
	MAYBE("untold", INTEGER,
	    "of media: sent packets, if no record says how many arrived"),
	MAYBE("missing", INTEGER, "copies that were not seen"),
	MAYBE("stream", STRING, "what kind of media it is"),
	MAYBE("amiss", STRING, "what is wrong with media"),
	MAYBE("first", INTEGER, "the row that this repeats"),
	MAYBE("forwards", INTEGER, "the row of the message it passes on"),
	MAYBE("since", INTEGER, "the row of the request it answers"),
	MAYBE("lost", STRING, "why it did not arrive"),
	MAYBE("note", STRING, "the note beside it"),
	FIELDS_END,
};

static const struct field bar_fields[] = {
	FIELD_BESIDE_AS("at", INTEGER, "the column"),
	FIELD(struct layout_bar, machine, STR, "whose state it is"),
	FIELD(struct layout_bar, state, STR, "that it is in"),
	FIELD(struct layout_bar, seq, NUMBER, "the record that entered it"),
	FIELD(struct layout_bar, t, NUMBER, "and when", .least = INT64_MIN),
	FIELD_BESIDE_AS("end_t", INTEGER, "until when"),
	FIELDS_END,
};

static const struct field work_fields[] = {
	FIELD_BESIDE_AS("at", INTEGER, "the column"),
	FIELD(struct layout_work, seq, NUMBER, "the record that began it"),
	FIELD(struct layout_work, t, NUMBER, "and when", .least = INT64_MIN),
	FIELD_BESIDE_AS("end_t", INTEGER, "until when"),
	FIELD_BESIDE_AS("instructions", INTEGER, "that were carried out"),
	FIELDS_END,
};

static const struct field ladder_fields[] = {
	FIELD(struct layout, title, STR, "of the run"),
	FIELD(struct layout, seed, NUMBER, "of the run", .least = INT64_MIN),
	FIELD(struct layout, complete, FLAG, "the trace has its end"),
	FIELD_BESIDE_AS("messages", INTEGER, "how many there are"),
	FIELD_BESIDE_AS("lost", INTEGER, "how many did not arrive"),
	MAYBE("discarded", INTEGER, "how many were thrown away"),
	FIELD_BESIDE_AS(
	    "columns", OBJECTS, "from left to right", .of = column_fields),
	FIELD_BESIDE_AS(
	    "rows", OBJECTS, "from top to bottom", .of = row_fields),
	FIELD_BESIDE_AS(
	    "states", OBJECTS, "with `--with=states`: bars", .of = bar_fields),
	FIELD_BESIDE_AS("computing", OBJECTS, "of handsets", .flags = FIELD_ANY,
	    .of = work_fields),
	FIELDS_END,
};

static const struct schema {
	const char *id, *name, *text; /* id: in the schema */
	const struct field *rows;
} schemas[] = {
	{ "show", "Records",
	    "What `rung show FILE -f json` and `rung show FILE RECORD -f "
	    "json` print.",
	    records_fields },
	{ "record", "Records: a record", "In `records`, and a step.",
	    record_told_fields },
	{ "ladder", "A ladder",
	    "What `rung show -l FILE -f json` and `rung export FILE -f json` "
	    "print.",
	    ladder_fields },
	{ "column", "A ladder: a column", "In `columns`.", column_fields },
	{ "row", "A ladder: a row",
	    "In `rows`; of the members that may be missing it has those that "
	    "its item has.",
	    row_fields },
	{ "bar", "A ladder: a state", "In `states`.", bar_fields },
	{ "computing", "A ladder: computing", "In `computing`.", work_fields },
	{ "explain", "An explanation",
	    "What `rung explain FILE RECORD -f json` prints.", explain_fields },
	{ "calls", "Calls", "What `rung show --calls FILE -f json` prints.",
	    calls_fields },
	{ "call", "Calls: a call", "In `calls`.", call_fields },
	{ "outcome", "Calls: why one ended", "Member `outcome`.",
	    outcome_fields },
	{ "parse", "A message, line by line",
	    "What `rung parse FILE -f json` prints.", annotate_fields },
	{ "note", "A message: a line", "In `lines`.", annotate_note_fields },
	{ "labs", "Labs", "What `rung labs -f json` prints.", labs_fields },
	{ "lab", "Labs: a lab", "In `labs`.", lab_fields },
	{ "check", "A class",
	    "What `rung check WORK -f json` prints of one work, `rung check "
	    "--class FOLDER -f json` of all; and a FILE.json of `-o`.",
	    class_fields },
	{ "entry", "A class: an entry", "In `entries`.", class_entry_fields },
	{ "task", "A class: a task of an entry", "In `tasks`.",
	    class_task_fields },
	{ "sum", "A class: a student's points", "In `sums`.",
	    class_sum_fields },
	{ "pair", "A class: two students", "In `alike`.", class_pair_fields },
	{ "comment", "A class: a question or a note", "In `comments`.",
	    class_comment_fields },
	{ "text", "A text",
	    "What `rung show FILE --at TIME`, `rung show FILE RECORD "
	    "--layers` and `rung explain FILE --hear NODE` print with `-f "
	    "json`; and what is shown in a pane (`draw/doc.h`).",
	    doc_fields },
	{ "line", "A text: a line", "In `lines`; written alone.",
	    doc_line_fields },
	{ "piece", "A text: a piece", "Of a line.", doc_piece_fields },
	{ "figure", "A figure", "The answer to the request `figure`.",
	    figure_fields },
	{ "lit", "A figure: what is lit", "In `lit`.", svg_lit_fields },
	{ "step", "A figure: a step", "Member `step`.", figure_step_fields },
	{ "machine", "A figure: a machine", "In `machines`.",
	    figure_machine_fields },
	{ "timer", "A figure: a timer", "In `timers`.", figure_timer_fields },
	{ "flight", "A figure: a message under way", "In `flights`.",
	    figure_flight_fields },
	{ "leg", "A figure: a link of its way", "In `legs`.",
	    figure_leg_fields },
	{ "arrival", "An arrival", "A line of a file of arrivals.",
	    arrival_fields },
	{ "seeds", "A sweep: seeds", "Member `seeds` of `experiment.json`.",
	    experiment_seeds },
	{ "bounds", "A sweep: bounds", "Member `bounds` of `experiment.json`.",
	    experiment_bounds },
	{ "run", "A sweep: a run", "A line of `results.jsonl`.",
	    sweep_result_fields },
	{ "answers", "Answers", "What is kept of a student's, and handed in.",
	    answers_fields },
	{ "answer", "Answers: a task", "In `tasks`.", answer_fields },
	{ "prediction", "Answers: a prediction", "Of the quiz.",
	    quiz_given_fields },
	{ "exam", "A kept session: the exam", "Member `exam` of its `lesson`.",
	    exam_fields },
	{ "settings", "Settings", "The file `settings` beside the sessions.",
	    settings_fields },
};

/* What holds rows has them on the page, too. */
static const struct schema *
schema_of(const struct field *of)
{
	for (size_t i = 0; i < COUNT_OF(schemas); i++)
		if (schemas[i].rows == of)
			return &schemas[i];
	CU_FAIL("rows without a schema");
	return &schemas[0];
}

/* A member is read and written as long as its kind is: one of another size
 * would be read past its end. */
static void
members_are_as_long_as_their_kind(void)
{
	static const size_t sizes[] = {
		[FIELD_TEXT] = sizeof(char *),
		[FIELD_LINE] = sizeof(char *),
		[FIELD_STR] = sizeof(struct str),
		[FIELD_BUF] = sizeof(struct buf),
		[FIELD_FLAG] = sizeof(bool),
		[FIELD_NUMBER] = sizeof(int64_t),
		[FIELD_HUNDREDTHS] = sizeof(unsigned),
		[FIELD_HASH] = sizeof(uint64_t),
		[FIELD_WORD] = sizeof(unsigned),
	};

	for (size_t i = 0; i < COUNT_OF(schemas); i++)
		for (const struct field *f = schemas[i].rows; f->key != NULL;
		     f++) {
			bool fits = field_is_beside(f) ||
				    f->kind == FIELD_CHARS ||
				    f->size == sizes[f->kind] ||
				    (f->kind == FIELD_NUMBER &&
					f->size == sizeof(uint32_t));

			if (!fits)
				printf("BAD %s, %s: %zu bytes\n",
				    schemas[i].name, f->key, f->size);
			CU_ASSERT(fits);
		}
}

static void
write_values(const struct field *f, struct buf *out)
{
	static const char *const kinds[] = {
#define X(id, text) text,
		FIELD_KINDS(X)
#undef X
	};
	const char *w;

	buf_puts(out, kinds[f->kind]);
	if (f->kind == FIELD_NUMBER && f->most != 0 && f->most < 1 << 20)
		buf_printf(out, ", %lld to %lld", (long long)f->least,
		    (long long)f->most);
	for (unsigned i = 0; f->word != NULL && (w = f->word(i)) != NULL; i++)
		buf_printf(out, "%s `%s`", i > 0 ? "," : ":", w);
	if ((f->flags & FIELD_ANY) != 0)
		buf_puts(out, "; may be missing");
}

static void
write_page(struct buf *out)
{
	for (size_t i = 0; i < COUNT_OF(schemas); i++) {
		buf_printf(out,
		    "\n### %s\n\n%s In the schema: `%s`.\n\n"
		    "| key | value | what |\n|---|---|---|\n",
		    schemas[i].name, schemas[i].text, schemas[i].id);
		for (const struct field *f = schemas[i].rows; f->key != NULL;
		     f++) {
			buf_printf(out, "| `%s` | ", f->key);
			write_values(f, out);
			if (f->of != NULL)
				buf_printf(out, ": `%s`", schema_of(f->of)->id);
			buf_printf(out, " | %s |\n", f->text);
			CU_ASSERT_PTR_NOT_NULL(f->text);
		}
	}
}

/* ---- the schema ---- */

static void
put_type(const struct field *f, struct buf *out)
{
	static const char *const types[] = {
		[FIELD_FLAG] = "\"type\":\"boolean\"",
		[FIELD_NUMBER] = "\"type\":\"integer\"",
		[FIELD_HUNDREDTHS] = "\"type\":\"number\",\"minimum\":0",
		[FIELD_HASH] =
		    "\"type\":\"string\",\"pattern\":\"^[0-9a-f]{16}$\"",
		[FIELD_BESIDE] = "\"title\":\"any\"",
		[FIELD_INTEGER] = "\"type\":\"integer\"",
		[FIELD_STRINGS] =
		    "\"type\":\"array\",\"items\":{\"type\":\"string\"}",
		[FIELD_NUMBERS] =
		    "\"type\":\"array\",\"items\":{\"type\":\"integer\"}",
		[FIELD_OBJECT] = "\"type\":\"object\"",
		[FIELD_OBJECTS] = "\"type\":\"array\"",
	};
	const char *type = f->kind < COUNT_OF(types) ? types[f->kind] : NULL;

	buf_puts(out, type != NULL ? type : "\"type\":\"string\"");
	if (f->kind == FIELD_NUMBER && f->least > INT64_MIN)
		json_put_int(out, "minimum", f->least);
	if (f->kind == FIELD_NUMBER && f->most != 0)
		json_put_int(out, "maximum", f->most);
	if (f->kind == FIELD_WORD) {
		json_open(out, "enum", '[');
		for (unsigned i = 0; f->word(i) != NULL; i++) {
			json_put_item(out);
			json_put_str(out, str_of(f->word(i)));
		}
		buf_putc(out, ']');
	}
	if (f->of != NULL)
		buf_printf(out, ",\"items\":{\"$ref\":\"#/$defs/%s\"}",
		    schema_of(f->of)->id);
}

static void
put_schema(const struct schema *s, struct buf *out)
{
	json_put_key(out, s->id);
	buf_puts(out, "{\"type\":\"object\"");
	json_put_field(out, "title", str_of(s->name));
	buf_puts(out, ",\n\"required\":[");
	for (const struct field *f = s->rows; f->key != NULL; f++)
		if ((f->flags & FIELD_ANY) == 0 && f->kind != FIELD_BESIDE) {
			json_put_item(out);
			json_put_str(out, str_of(f->key));
		}
	buf_puts(out, "],\n\"properties\":{");
	for (const struct field *f = s->rows; f->key != NULL; f++) {
		buf_puts(out, f == s->rows ? "\n" : ",\n");
		buf_printf(out, "\"%s\":{", f->key);
		put_type(f, out);
		json_put_field(out, "description", str_of(f->text));
		buf_putc(out, '}');
	}
	buf_puts(out, "}}");
}

static void
write_schema(struct buf *out)
{
	buf_puts(out,
	    "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\","
	    "\n\"$id\":\"rung.schema.json\",\n\"title\":\"JSON that rung "
	    "writes\",\n\"$defs\":{");
	for (size_t i = 0; i < COUNT_OF(schemas); i++)
		put_schema(&schemas[i], out);
	buf_puts(out, "}}\n");
}

/* FILE is as WRITE has it. */
static void
check_made(const char *file, void (*write)(struct buf *out))
{
	LOCAL_BUF now = BUF_INIT, want = BUF_INIT;

	write(&now);
	if (getenv("GOLDEN") != NULL)
		CU_ASSERT_EQUAL(buf_write_file(&now, file), 0);
	CU_ASSERT_EQUAL(buf_read_file(&want, file, 1 << 20), 0);
	if (!str_eq(buf_view(&now), buf_view(&want))) {
		printf("%s is old; GOLDEN=1 writes it\n", file);
		CU_FAIL("the file and the rows differ");
	}
}

static void
page(void)
{
	LOCAL_BUF part = BUF_INIT;

	write_page(&part);
	page_part_expect(PAGE, "json", &part);
	check_made(SCHEMA, write_schema);
}

CHECK_MAIN("json_fields", { "points are hundredths", points_are_hundredths },
    { "wrong values change nothing", wrong_values_change_nothing },
    { "members are as long as their kind", members_are_as_long_as_their_kind },
    { "the page", page })
