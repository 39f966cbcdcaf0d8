/*
 * Copies in classes of 40 over several labs: whoever has copied all answers, or
 * every other of those that are one's own, is named with whom they are from;
 * nobody is named in honest classes, of which CLASSES=10000 makes so many
 * instead of the usual number (LABS=9 of so many labs).
 *
 * The answers of each student, right, wrong as honest people are wrong, and
 * copied, are judged once by the judges themselves, each task by itself; a
 * class then draws of them.
 */
#include "fixtures/check.h"
#include "base/err.h"
#include "base/mem.h"
#include "fixtures/class_made.h"
#include "grade/class_evidence.h"
#include "grade/mark.h"
#include "text/json.h"

#include <string.h>

#define PEOPLE    40
#define BANK      (many_classes() ? 80 : PEOPLE)
#define BANK_MOST 80
#define WRONG     6 /* mistakes of each in each task */
#define LABS_MOST 10

/* In the first are values of one's own that tell by themselves. */
static const char *const labs_with_tokens[LABS_MOST] = { "labs/direct-call",
	"labs/reliable-provisional", "labs/rfc5359-2.11", "labs/forking",
	"labs/rfc3903-15", "labs/lost-messages", "labs/session-timer",
	"labs/rfc5407-3.3.1", "labs/update", "labs/two-proxies" };

/* In these hardly any: what tells is whose number an answer fits. */
static const char *const labs_without[LABS_MOST] = { "labs/busy", "labs/cancel",
	"labs/no-answer", "labs/crash", "labs/not-found", "labs/redirection",
	"labs/registration", "labs/presence", "labs/overloaded",
	"labs/sequential-forking" };

static const char *const *all_labs = labs_with_tokens;

/* An answer as the process of its submission tells it. */
struct told {
	char *task, *value; /* JSON; "" where there is none */
};

enum { RIGHT, FIRST_WRONG, COPIED = FIRST_WRONG + WRONG, SHEETS };

struct banked {
	struct told tasks[LESSON_TASKS_MAX][SHEETS];
	size_t n;
	bool own[LESSON_TASKS_MAX]; /* the task has an own value */
};

static struct banked *bank; /* of each lab and student */
static size_t nlabs;

static unsigned
read_number(const char *name, unsigned usual)
{
	const char *text = getenv(name);
	uint32_t n;

	return text != NULL && str_u32(str_of(text), &n) == 0 ? n : usual;
}

static bool
many_classes(void)
{
	return getenv("CLASSES") != NULL;
}

static struct banked *
find_banked(size_t lab, unsigned student)
{
	return &bank[lab * BANK_MOST + student];
}

/* From whom student I copies. */
static unsigned
partner(unsigned i)
{
	return i ^ 1;
}

/* ---- the bank ---- */

/* The answers of sheet K. */
static void
fill_sheet(const struct made_lab *l, const struct made_lab *other,
    const struct made_lab *plain, unsigned k, struct made_draw *r,
    struct answers *a)
{
	for (size_t i = 0; i < lesson_count(l->lesson); i++) {
		struct buf text = BUF_INIT, base = BUF_INIT;

		if (!made_is_asked(l, i))
			continue;
		made_put_right(plain, i, &base);
		if (k == RIGHT)
			made_put_right(l, i, &text);
		else if (k == COPIED)
			made_put_right(other, i, &text);
		else
			made_put_mistake(l, i, buf_view(&base), r, &text);
		CU_ASSERT_EQUAL_FATAL(
		    answers_set(a, (unsigned)i + 1, buf_view(&text)), 0);
		buf_free(&text);
		buf_free(&base);
	}
}

/* L judged with the answers of W, as mark_work does it. */
static void
judge_sheet(const struct made_lab *l, const struct work *w, struct mark *m)
{
	struct lesson_work lw = { .lab = l->trace };

	*m = MARK_INIT;
	m->lesson = l->lesson;
	m->trace = l->trace;
	m->n = lesson_count(l->lesson);
	for (size_t i = 0; i < m->n; i++) {
		struct lesson_answer a = { .text = buf_view(
					       &w->answers.tasks[i].text) };

		CU_ASSERT_EQUAL_FATAL(
		    lesson_judge(l->lesson, i, &a, &lw, &m->results[i]), 0);
	}
}

/* The member NAME of the line TEXT, a list, of whose items each is kept for the
 * task that it names. */
static void
keep_items(struct banked *b, unsigned k, struct str text, const char *name)
{
	struct json_value line, item;
	bool task = strcmp(name, "tasks") == 0;
	size_t at = 0;

	CU_ASSERT_EQUAL_FATAL(json_read(&text, &line), 0);
	while (json_item(json_member(line, name), &at, &item)) {
		struct told *told;
		int64_t number;

		CU_ASSERT_EQUAL_FATAL(
		    json_int(json_member(item, "task"), &number), 0);
		told = &b->tasks[number - 1][k];
		*(task ? &told->task : &told->value) =
		    mem_dup(item.raw.p, item.raw.n);
		if (task)
			continue;
		b->own[number - 1] = json_member(item, "own").raw.n > 2;
	}
}

static void
make_sheet(const struct made_lab *l, const struct made_lab *other,
    const struct made_lab *plain, unsigned k, struct made_draw *r,
    struct banked *b)
{
	const struct script_marks labs = SCRIPT_MARKS_INIT;
	struct work w = WORK_INIT;
	LOCAL_BUF marks = BUF_INIT, evidence = BUF_INIT;
	struct mark m;

	w.answers.student = mem_strdup(l->student);
	w.lab = mem_strdup(l->path);
	fill_sheet(l, other, plain, k, r, &w.answers);
	judge_sheet(l, &w, &m);
	CU_ASSERT_EQUAL_FATAL(mark_put_json(&m, &w, "f", &marks), 0);
	CU_ASSERT_EQUAL_FATAL(class_evidence_find(&m, &w, &labs, &evidence), 0);
	keep_items(b, k, buf_view(&marks), "tasks");
	keep_items(b, k, buf_view(&evidence), "values");
	for (size_t i = 0; i < m.n; i++)
		lesson_result_free(&m.results[i]);
	b->n = m.n;
	work_free(&w);
}

static void
make_student(size_t lab, unsigned i, const struct made_lab *plain)
{
	struct made_draw r = { 1000 * lab + i };
	struct made_lab own, other;
	char id[32], of[32];

	made_id(i, id);
	made_id(partner(i), of);
	made_lab_open(&own, all_labs[lab], id);
	made_lab_open(&other, all_labs[lab], of);
	for (unsigned k = 0; k < SHEETS; k++)
		make_sheet(&own, &other, plain, k, &r, find_banked(lab, i));
	made_lab_close(&own);
	made_lab_close(&other);
}

static void
make_bank(const char *const *labs, size_t n)
{
	all_labs = labs;
	nlabs = n < LABS_MOST ? n : LABS_MOST;
	bank = mem_zalloc(nlabs * BANK_MOST, sizeof(*bank));
	CU_ASSERT_PTR_NOT_NULL_FATAL(bank);
	for (size_t lab = 0; lab < nlabs; lab++) {
		struct made_lab plain;

		made_lab_open(&plain, all_labs[lab], "");
		for (unsigned i = 0; i < BANK; i++)
			make_student(lab, i, &plain);
		made_lab_close(&plain);
	}
}

static void
free_bank(void)
{
	for (size_t i = 0; i < nlabs * BANK_MOST; i++)
		for (size_t t = 0; t < LESSON_TASKS_MAX; t++)
			for (size_t k = 0; k < SHEETS; k++) {
				mem_free(bank[i].tasks[t][k].task);
				mem_free(bank[i].tasks[t][k].value);
			}
	mem_free(bank);
}

/* ---- a class ---- */

enum copying {
	COPY_NOTHING,
	COPY_ALL,
	COPY_HALF,  /* every other own value */
	COPY_OTHER, /* every other answer */
	COPY_LAB,   /* one lab */
};

/* Of whom all but the last two draw their mistakes; the last copies from the
 * one before. */
struct drawn_class {
	unsigned list[PEOPLE];
	enum copying copying;
	unsigned mistakes;   /* in a hundred */
	size_t labs, copied; /* COPY_LAB: which of them */
};

/* Which sheet the Nth of the class has in task T. */
static unsigned
draw_sheet(const struct drawn_class *dc, size_t lab, unsigned n, size_t t,
    struct made_draw *r)
{
	unsigned wrong = FIRST_WRONG + made_draw(r, WRONG);
	bool copied = n == PEOPLE - 1 && dc->copying != COPY_NOTHING;

	/* Of the tasks with an own value the first, third, … */
	if (copied && dc->copying == COPY_OTHER)
		copied = (lab + t) % 2 == 0;
	if (copied && dc->copying == COPY_LAB)
		copied = lab == dc->copied;
	if (copied && dc->copying == COPY_HALF) {
		const struct banked *b = find_banked(lab, dc->list[n]);
		unsigned before = (unsigned)lab;

		for (size_t i = 0; i < t; i++)
			before += b->own[i];
		copied = b->own[t] && before % 2 == 0;
	}
	if (copied)
		return COPIED;
	return made_draw(r, 100) < dc->mistakes ? wrong : RIGHT;
}

static void
add_line(struct class *c, struct buf *line)
{
	CU_ASSERT_EQUAL_FATAL(line->err, 0);
	CU_ASSERT_EQUAL(class_take_line(c, buf_view(line)), 0);
	buf_free(line);
}

static void
add_work(struct class *c, const struct drawn_class *dc, size_t lab, unsigned n,
    struct made_draw *r)
{
	const struct banked *b = find_banked(lab, dc->list[n]);
	struct buf line = BUF_INIT, values = BUF_INIT;
	char id[32];

	made_id(dc->list[n], id);
	buf_printf(&line,
	    "{\"file\":\"%s.rung\",\"lab\":\"%s\",\"student\":\"%s\","
	    "\"points\":1,\"of\":6,\"tasks\":[",
	    id, all_labs[lab] + 5, id);
	buf_printf(&values, "{\"values_of\":\"%s\",\"values\":[", id);
	for (size_t t = 0; t < b->n; t++) {
		const struct told *told =
		    &b->tasks[t][draw_sheet(dc, lab, n, t, r)];

		buf_printf(&line, "%s%s", t > 0 ? "," : "", told->task);
		if (told->value != NULL)
			buf_printf(&values, "%s%s",
			    values.p[values.n - 1] == '[' ? "" : ",",
			    told->value);
	}
	buf_puts(&line, "]}");
	buf_puts(&values, "]}");
	add_line(c, &line);
	add_line(c, &values);
}

/* Draws who is in the class: with COPYING the last two are partners. */
static void
draw_people(struct drawn_class *dc, struct made_draw *r)
{
	unsigned all[BANK_MOST], n = BANK;

	for (unsigned i = 0; i < n; i++)
		all[i] = i;
	for (unsigned i = 0; i < PEOPLE; i++) {
		unsigned k = i + made_draw(r, n - i), who = all[k];

		all[k] = all[i];
		all[i] = who;
		dc->list[i] = who;
	}
	for (unsigned i = 0; i < PEOPLE - 1; i++)
		if (dc->list[i] == partner(dc->list[PEOPLE - 1])) {
			dc->list[i] = dc->list[PEOPLE - 2];
			break;
		}
	dc->list[PEOPLE - 2] = partner(dc->list[PEOPLE - 1]);
}

static void
make_class(struct class *c, const struct drawn_class *dc, struct made_draw *r)
{
	*c = CLASS_INIT;
	for (size_t lab = 0; lab < dc->labs; lab++)
		for (unsigned n = 0; n < PEOPLE; n++)
			add_work(c, dc, lab, n, r);
	CU_ASSERT_EQUAL(class_settle(c, NULL), 0);
	CU_ASSERT_EQUAL(class_find_copies(c), 0);
}

/* ---- honest classes ---- */

static void
honest(void)
{
	unsigned classes = read_number("CLASSES", IS_SANITIZED ? 5 : 100);
	unsigned copies = 0;

	make_bank(labs_with_tokens, read_number("LABS", IS_SANITIZED ? 1 : 5));
	for (unsigned i = 0; i < classes; i++) {
		struct made_draw r = { 77 + i };
		struct drawn_class dc = { .copying = COPY_NOTHING,
			.mistakes = 10 + 10 * (i / 10 % 5),
			.labs = 1 + i % nlabs };
		struct class c;

		draw_people(&dc, &r);
		make_class(&c, &dc, &r);
		for (size_t k = 0; k < c.ncopies; k++)
			printf("BAD  class %u: %s\n", i,
			    buf_cstr(&c.copies[k].text));
		copies += c.ncopies > 0;
		CU_ASSERT_EQUAL(c.npairs > 0, c.ncopies > 0);
		class_free(&c);
	}
	printf("  of %u honest classes %u have a copy\n", classes, copies);
	CU_ASSERT_EQUAL(copies, 0);
}

/* ---- copiers ---- */

/* P names the last as who has what is that of the one before, or of one of
 * several, that one among them. */
static bool
is_last_pair(const struct class *c, const struct class_pair *p,
    const struct drawn_class *dc)
{
	char copier[32], of[32];
	const char *a = c->entries[p->a].student, *b;
	const struct class_copy *copy;
	size_t at = 0;

	made_id(dc->list[PEOPLE - 1], copier);
	made_id(dc->list[PEOPLE - 2], of);
	b = p->b == CLASS_SEVERAL ? of : c->entries[p->b].student;
	/* Who is alike alone is no more the one than the other. */
	if (!p->taken)
		return (strcmp(a, copier) == 0 && strcmp(b, of) == 0) ||
		       (strcmp(a, of) == 0 && strcmp(b, copier) == 0);
	while ((copy = class_next_copy(c, p, &at)) != NULL)
		if (str_find(buf_view(&copy->text), of) < 0)
			return false;
	return strcmp(a, copier) == 0 && strcmp(b, of) == 0;
}

/* How many of CLASSES have the pair that there is. */
static unsigned
count_found(enum copying copying, size_t labs, unsigned classes)
{
	unsigned found = 0;

	for (unsigned i = 0; i < classes; i++) {
		struct made_draw r = { 4711 + i };
		struct drawn_class dc = { .copying = copying,
			.mistakes = 25,
			.labs = labs,
			.copied = i % labs };
		struct class c;
		bool named = false;

		draw_people(&dc, &r);
		make_class(&c, &dc, &r);
		for (size_t k = 0; k < c.npairs; k++) {
			bool is = is_last_pair(&c, &c.pairs[k], &dc);

			named |= is;
			/* Nobody else is. */
			CU_ASSERT(is);
			if (!is)
				printf("BAD  %zu labs, class %u: %s and %s, "
				       "%zu copies\n",
				    labs, i, c.entries[c.pairs[k].a].student,
				    c.entries[c.pairs[k].b].student,
				    c.pairs[k].ncopies);
		}
		if (!named)
			printf("  not named: %zu labs, class %u, student %u\n",
			    labs, i, dc.list[PEOPLE - 1]);
		found += named;
		class_free(&c);
	}
	return found;
}

static void
copiers(void)
{
	unsigned classes = IS_SANITIZED ? 2 : 24;

	for (size_t labs = 1; labs <= nlabs; labs++) {
		unsigned all = count_found(COPY_ALL, labs, classes);
		unsigned half = count_found(COPY_HALF, labs, classes);

		printf("  %zu labs: of %u whole copies %u are named, of half "
		       "%u\n",
		    labs, classes, all, half);
		CU_ASSERT_EQUAL(all, classes);
		CU_ASSERT_EQUAL(half, classes);
	}
	free_bank();
}

/* Labs whose keys have no tags and the like: whose number the answers fit says
 * who has them from whom.  Of a hundred so many are to be named. */
#define WHOLE_LEAST 90
#define OTHER_LEAST 68
#define LAB_LEAST   40

/* Of CLASSES honest ones so many name somebody. */
static unsigned
count_named(unsigned classes)
{
	unsigned named = 0;

	for (unsigned i = 0; i < classes; i++) {
		struct made_draw r = { 815 + i };
		struct drawn_class dc = { .copying = COPY_NOTHING,
			.mistakes = 10 + 10 * (i % 5),
			.labs = nlabs };
		struct class c;

		draw_people(&dc, &r);
		make_class(&c, &dc, &r);
		for (size_t k = 0; k < c.ncopies; k++)
			printf("BAD  honest class %u: %s\n", i,
			    buf_cstr(&c.copies[k].text));
		named += c.npairs > 0;
		class_free(&c);
	}
	return named;
}

static void
fitting(void)
{
	unsigned classes = IS_SANITIZED ? 2 : 44;
	unsigned honest_ones = read_number("CLASSES", classes);
	unsigned whole, other, lab, named;

	make_bank(labs_without, LABS_MOST);
	named = count_named(honest_ones);
	whole = count_found(COPY_ALL, nlabs, classes);
	other = count_found(COPY_OTHER, nlabs, classes);
	lab = count_found(COPY_LAB, nlabs, classes);
	printf("  of %u copies of %zu labs %u are named, of every other "
	       "answer %u, of one lab %u\n",
	    classes, nlabs, whole, other, lab);
	printf("  of %u honest classes %u name somebody\n", honest_ones, named);
	CU_ASSERT_EQUAL(named, 0);
	CU_ASSERT(whole * 100 >= classes * WHOLE_LEAST);
	CU_ASSERT(other * 100 >= classes * OTHER_LEAST);
	CU_ASSERT(IS_SANITIZED || lab * 100 >= classes * LAB_LEAST);
	free_bank();
}

CHECK_MAIN("class_copies", { "fitting another's number", fitting },
    { "honest classes", honest }, { "copiers", copiers })
