/*
 * What answers are worth: a table of tasks and answers for each kind that
 * people write, right, wrong, believed by many, and unreadable.
 */
#include "fixtures/check.h"
#include "fixtures/lesson_rows.h"
#include "rules/rule_names.h"

/* ---- values ---- */

#define LARGE "task { number = 266437 }"
#define SEVEN "task { number = 7, wrong = { { 6, why = \"a miss\" } } }"
#define ABOUT "task { number = 10, tolerance = 1, why = \"count\" }"
#define EITHER                                                               \
	"task { number = function(t) return { 2, 3 } end, why = \"count\", " \
	"wrong = { { 5, why = \"a miss\" } } }"
#define SENT "task { number = function(t) return t:count \"kind=send\" end }"

/* Of what is sent only the responses, by a function. */
#define RESPONSES(WHAT)                                                     \
	"task { number = function(t) local function is(r) return r.status " \
	"end return " WHAT " end }"

static void
numbers(void)
{
	static const struct row rows[] = {
		{ SEVEN, "7", RIGHT, NULL, CALL },
		{ SEVEN, " 7.0 ", RIGHT, NULL, CALL },
		{ SEVEN, "7 messages", RIGHT, NULL, CALL },
		{ SEVEN, "7条", RIGHT, NULL, CALL },
		{ SEVEN, "7%", RIGHT, NULL, CALL },
		{ SEVEN, "6", WRONG, "a miss", CALL },
		{ SEVEN, "8", WRONG, NULL, CALL },
		{ SEVEN, "-7", WRONG, NULL, CALL },
		{ SEVEN, "7,5", WRONG, "answer with a number", CALL },
		{ SEVEN, "7x", WRONG, "answer with a number", CALL },
		{ SEVEN, "seven", WRONG, "answer with a number", CALL },
		{ SEVEN, "-", WRONG, "answer with a number", CALL },
		{ SEVEN, "7.0.0", WRONG, "answer with a number", CALL },
		{ SEVEN, "99999999999999999999", WRONG, NULL, CALL },
		{ SEVEN, "", LESSON_MISSING, 0, NULL, CALL },
		{ SEVEN, " \n ", LESSON_MISSING, 0, NULL, CALL },
		{ LARGE, "266437", RIGHT, NULL, CALL },
		{ LARGE, "266,437", RIGHT, NULL, CALL },
		{ LARGE, "266,437 instructions", RIGHT, NULL, CALL },
		{ LARGE, "-266,437", WRONG, NULL, CALL },
		{ LARGE, "266,43", WRONG, "answer with a number", CALL },
		{ LARGE, "266,4370", WRONG, "answer with a number", CALL },
		{ LARGE, ",266,437", WRONG, "answer with a number", CALL },
		{ LARGE, "266,,437", WRONG, "answer with a number", CALL },
		{ LARGE, "--1", WRONG, "answer with a number", CALL },
		{ ABOUT, "11", RIGHT, NULL, CALL },
		{ ABOUT, "9", RIGHT, NULL, CALL },
		{ ABOUT, "11.5", WRONG, "count", CALL },
		{ "task { number = -3 }", "-3", RIGHT, NULL, CALL },
		{ EITHER, "2", RIGHT, NULL, CALL },
		{ EITHER, "3", RIGHT, NULL, CALL },
		{ EITHER, "2.5", WRONG, "count", CALL },
		{ EITHER, "5", WRONG, "a miss", CALL },
		{ "task { number = { 1, \"x\" } }", "2", LESSON_ERROR, 0,
		    "number must be a number", CALL },
		{ "task { number = {} }", "2", LESSON_ERROR, 0,
		    "number must be a number", CALL },
		{ SENT, "6", RIGHT, NULL, CALL },
		{ SENT, "5", WRONG, NULL, CALL },
		{ RESPONSES("t:count('kind=send', is)"), "3", RIGHT, NULL,
		    CALL },
		{ RESPONSES("#t:all({ kind = 'send' }, is)"), "3", RIGHT, NULL,
		    CALL },
		{ RESPONSES("t:first('kind=send', is).status"), "180", RIGHT,
		    NULL, CALL },
		{ RESPONSES("t:last('kind=send', is).status"), "200", RIGHT,
		    NULL, CALL },
		{ RESPONSES("t:count('kind=send', 5)"), "3", LESSON_ERROR, 0,
		    NULL, CALL },
		{ RESPONSES("t:count('kind=send', function(r) error 'oh' end)"),
		    "3", LESSON_ERROR, 0, "oh", CALL },
		{ "task { number = \"x\" }", "1", LESSON_ERROR, 0,
		    "number must be a number", CALL },
		{ "task { number = 1, tolerance = {} }", "1", LESSON_ERROR, 0,
		    "tolerance must be a number", CALL },
		{ "task { number = 1, wrong = { 2 } }", "2", LESSON_ERROR, 0,
		    "an entry of wrong", CALL },
		{ "task { number = function(t) return nil end }", "1",
		    LESSON_ERROR, 0, "number must be a number", CALL },
		{ "task { number = 1, wrong = { { { 2, 3 }, why = \"both\" } } "
		  "}",
		    "3", WRONG, "both", CALL },
		{ "task { number = 1, wrong = { { { }, why = \"none\" }, { 2, "
		  "why = \"a miss\" } } }",
		    "2", WRONG, "a miss", CALL },
	};

	EACH(rows);
}

#define RINGS                                                               \
	"task { time = function(t) return t:first(\"status=180\").time - "  \
	"t:first(\"method=INVITE\").time end, tolerance = \"1ms\", wrong "  \
	"= { { function(t) return t:first(\"status=180\").time end, why = " \
	"\"absolute\" } } }"

static void
times(void)
{
	static const struct row rows[] = {
		{ "task { time = \"2500ms\" }", "2.5 s", RIGHT, NULL, CALL },
		{ "task { time = 2.5 }", "2500ms", RIGHT, NULL, CALL },
		{ "task { time = 2.5 }", "2.5", RIGHT, NULL, CALL },
		{ "task { time = 2.5 }", "2.5 秒", RIGHT, NULL, CALL },
		{ "task { time = 2.5 }", "2500 毫秒", RIGHT, NULL, CALL },
		{ "task { time = 90 }", "1.5 分钟", RIGHT, NULL, CALL },
		{ "task { time = 2.5 }", "2.5 seconds", RIGHT, NULL, CALL },
		{ "task { time = 2.5 }", "2.5004 s", RIGHT, NULL, CALL },
		{ "task { time = 2.5 }", "2.501 s", WRONG, NULL, CALL },
		{ "task { time = 2.5 }", "-2.5 s", WRONG, "answer with a time",
		    CALL },
		{ "task { time = 2.5 }", "2,5 s", RIGHT, NULL, CALL },
		{ "task { time = 2.5 }", "soon", WRONG, "answer with a time",
		    CALL },
		{ "task { time = 2.5 }", "s", WRONG, "answer with a time",
		    CALL },
		{ "task { time = 2.5 }",
		    "2.5                                             s", RIGHT,
		    NULL, CALL },
		{ "task { time = 2.5 }",
		    "2.50000000000000000000000000000000000000000000000 s",
		    WRONG, "answer with a time", CALL },
		{ RINGS, "10 ms", RIGHT, NULL, CALL },
		{ RINGS, "0.011", RIGHT, NULL, CALL },
		{ RINGS, "1.01 s", WRONG, "absolute", CALL },
		{ "task { time = \"soon\" }", "1 s", LESSON_ERROR, 0,
		    "time is a time", CALL },
		{ "task { time = 1, tolerance = \"x\" }", "1 s", LESSON_ERROR,
		    0, "tolerance is a time", CALL },
	};

	EACH(rows);
}

#define WORD                                                                  \
	"task { text = { \"early\", \"INVITE\" }, why = \"look\", wrong = { " \
	"{ \"late\", why = \"no\" }, { { \"never\", \"ACK\" }, why = "        \
	"\"nor that\" } } }"
#define URI "task { text = \"sip:bob@biloxi.example.com\" }"

static void
texts(void)
{
	static const struct row rows[] = {
		{ WORD, "early", RIGHT, NULL, CALL },
		{ WORD, "Early ", RIGHT, NULL, CALL },
		{ WORD, "`invite`", RIGHT, NULL, CALL },
		{ WORD, "\"INVITE\"", RIGHT, NULL, CALL },
		{ WORD, "late", WRONG, "no", CALL },
		{ WORD, "never", WRONG, "nor that", CALL },
		{ WORD, "ack", WRONG, "nor that", CALL },
		{ WORD, "earl", WRONG, "look", CALL },
		{ WORD, "earlyy", WRONG, "look", CALL },
		{ WORD, "``", WRONG, "look", CALL },
		{ URI, "<sip:bob@biloxi.example.com>", RIGHT, NULL, CALL },
		{ URI, "bob@biloxi.example.com", WRONG, NULL, CALL },
		{ "task { text = 486 }", "486", RIGHT, NULL, CALL },
		{ "task { text = function(t) return "
		  "t:first(\"status=200\"):header \"CSeq\" end }",
		    "1 INVITE", RIGHT, NULL, CALL },
		{ "task { text = function(t) return nil end }", "x",
		    LESSON_ERROR, 0, "text must be a text", CALL },
		{ "task { text = function(t) return t:get(9999):header \"To\" "
		  "end }",
		    "x", LESSON_ERROR, 0, NULL, CALL },
	};

	EACH(rows);
}

#define PICK                                                              \
	"task { choice = { { \"one\", why = \"not one\", rule = "         \
	"\"ict-timer-a\" }, { \"two\", right = true, why = \"yes\" }, { " \
	"\"three\" } }, why = \"in general\" }"

static void
choices(void)
{
	static const struct row rows[] = {
		{ PICK, "b", RIGHT, "yes", CALL },
		{ PICK, "B", RIGHT, NULL, CALL },
		{ PICK, "b)", RIGHT, NULL, CALL },
		{ PICK, "(b)", RIGHT, NULL, CALL },
		{ PICK, "b、", RIGHT, NULL, CALL },
		{ PICK, "b）二", RIGHT, NULL, CALL },
		{ PICK, "（b）", RIGHT, NULL, CALL },
		{ PICK, "b: two", RIGHT, NULL, CALL },
		{ PICK, "b, two", RIGHT, NULL, CALL },
		{ PICK, "2", RIGHT, NULL, CALL },
		{ PICK, "a", WRONG, "not one", CALL },
		{ PICK, "c", WRONG, "in general", CALL },
		{ PICK, "d", WRONG, "a letter from a to c", CALL },
		{ PICK, "bc", WRONG, "a letter from a to c", CALL },
		{ PICK, "b2", WRONG, "a letter from a to c", CALL },
		{ PICK, "0", WRONG, "a letter from a to c", CALL },
		{ PICK, "(", WRONG, "a letter from a to c", CALL },
		{ PICK, "?", WRONG, "a letter from a to c", CALL },
	};

	EACH(rows);
}

/* ---- ladders ---- */

#define DRAW  "task { draw = \"proto=sip\" }"
#define LINE1 "alice -> bob INVITE\n"
#define LINE2 "bob -> alice 180\n"
#define LINE3 "bob -> alice 200\n"
#define LINE4 "alice -> bob ACK\n"
#define LINE5 "bob -> alice BYE\n"
#define LINE6 "alice -> bob 200\n"
#define GIVE  "task { draw = \"proto=sip\", given = 2 }"
#define BINDS "task { draw = \"cseq=REGISTER\" }"

static void
ladders(void)
{
	static const struct row rows[] = {
		{ DRAW, LINE1 LINE2 LINE3 LINE4 LINE5 LINE6, RIGHT, NULL,
		    CALL },
		{ DRAW,
		    "```\n# mine\nAlice --> Bob: INVITE (SDP)\n\n"
		    "bob → alice 180 Ringing\nbob=>alice 200\n"
		    "alice > bob ack\nbob->alice:BYE\nalice -> bob 200 OK\n"
		    "```",
		    RIGHT, NULL, CALL },
		/* One is missing, too many, elsewhere. */
		{ DRAW, LINE1 LINE3 LINE4 LINE5 LINE6, LESSON_PART, 50,
		    "1 missing after alice → bob INVITE", CALL },
		{ DRAW, LINE1 LINE2 LINE3 LINE4 LINE5 LINE6 LINE4, LESSON_PART,
		    50, "too many: nobody sends alice → bob ACK", CALL },
		{ DRAW, LINE1 LINE2 LINE3 "bob -> alice ACK\n" LINE5 LINE6,
		    LESSON_PART, 50,
		    "wrong place: ACK is not sent from bob to alice", CALL },
		{ DRAW, LINE1 LINE2 LINE4 LINE3 LINE5 LINE6, LESSON_PART, 50,
		    "wrong order", CALL },
		{ DRAW, LINE6 LINE5 LINE4 LINE3 LINE2 LINE1, LESSON_PART, 0,
		    "wrong order", CALL },
		{ DRAW, LINE2 LINE3 LINE6, LESSON_PART, 50,
		    "1 missing at the beginning", CALL },
		/* Nothing that could be one. */
		{ DRAW, "I don't know", WRONG, "is not an arrow", CALL },
		{ DRAW, "alice ->", WRONG, "is not an arrow", CALL },
		{ DRAW, "-> bob INVITE", WRONG, "is not an arrow", CALL },
		{ DRAW, "alice -> bob", WRONG, "is not an arrow", CALL },
		{ DRAW, "carol -> dave PUBLISH", WRONG,
		    "6 missing at the beginning", CALL },
		{ DRAW, "carol -> dave PUBLISH", WRONG, "too many", CALL },
		/* What has nothing to do with each other comes in any order. */
		{ BINDS,
		    "alice -> atl REGISTER\natl -> alice 200\n"
		    "bob -> bil REGISTER\nbil -> bob 200\n",
		    RIGHT, NULL, TWO },
		{ BINDS,
		    "bob -> bil REGISTER\nalice -> atl REGISTER\n"
		    "atl -> alice 200\nbil -> bob 200\n",
		    RIGHT, NULL, TWO },
		{ BINDS,
		    "bob -> bil REGISTER\natl -> alice 200\n"
		    "alice -> atl REGISTER\nbil -> bob 200\n",
		    LESSON_PART, 50, "wrong order", TWO },
		/* Two are told; these may be drawn as well. */
		{ GIVE, LINE1 LINE2 LINE3 LINE4 LINE5 LINE6, RIGHT, NULL,
		    CALL },
		{ GIVE, "…\n...\n", WRONG, "missing", CALL },
		{ "task { draw = \"proto=sip\", given = 5 }", LINE1,
		    LESSON_ERROR, 0,
		    "the run sends 6 messages; 6 of them can be given", CALL },
		{ "task { draw = \"status=699\" }", LINE1, LESSON_ERROR, 0,
		    "the run sends no such message", CALL },
		{ "task { draw = \"colour=red\" }", LINE1, LESSON_ERROR, 0,
		    NULL, CALL },
		{ "task { draw = 5 }", LINE1, LESSON_ERROR, 0,
		    "a filter is a text", CALL },
	};

	EACH(rows);
}

/* The arrows of a call, of which a student's number tells two: how often each
 * is told, and what is worth what. */
static void
ladder_in_part(void)
{
	static const char *const lines[] = { LINE1, LINE2, LINE3, LINE4, LINE5,
		LINE6 };
	const char *handout = "# X\n\n## Tasks\n\n1. Draw.\n\n"
			      "       rung show x\n\n## Try\n\nThat.\n";
	unsigned told[6] = { 0 };

	for (unsigned k = 0; k < 40; k++) {
		struct lesson_work work = { .lab = traces[CALL] };
		struct buf given = BUF_INIT, missing = BUF_INIT;
		struct lesson_answer a;
		struct lesson_result r;
		struct lesson *l = NULL;
		struct diag d = DIAG_INIT;
		char student[8];
		struct str text;

		snprintf(student, sizeof(student), "%u", k);
		CU_ASSERT_EQUAL_FATAL(
		    lesson_take_texts(&l, "x",
			str_of("lesson { minutes = 1 } " GIVE), str_of(handout),
			student, &d),
		    0);
		CU_ASSERT(lesson_gives(l));
		for (int twice = 0; twice < 2; twice++)
			CU_ASSERT_EQUAL(
			    lesson_take_given(l, traces[CALL], &d), 0);
		text = lesson_task(l, 0)->text;
		for (size_t i = 0; i < 6; i++) {
			bool is = str_find(text, lines[i]) >= 0;

			told[i] += is;
			buf_puts(is ? &given : &missing, lines[i]);
		}
		CU_ASSERT(str_find(text, "…") >= 0);
		/* The missing alone are right; what is told is worth nothing.
		 */
		a = (struct lesson_answer){ .text = buf_view(&missing) };
		CU_ASSERT_EQUAL(lesson_judge(l, 0, &a, &work, &r), 0);
		CU_ASSERT_EQUAL(r.verdict, LESSON_GOOD);
		lesson_result_free(&r);
		a.text = buf_view(&given);
		CU_ASSERT_EQUAL(lesson_judge(l, 0, &a, &work, &r), 0);
		CU_ASSERT_EQUAL(r.points, 0);
		CU_ASSERT_STRING_EQUAL(buf_cstr(&r.believed), "0 of 4 arrows");
		lesson_result_free(&r);
		buf_free(&given);
		buf_free(&missing);
		lesson_destroy(l);
	}
	for (size_t i = 0, sum = 0; i < 6; i++) {
		sum += told[i];
		CU_ASSERT(told[i] > 0 && told[i] < 40);
		CU_ASSERT(i < 5 || sum == 80);
	}
}

/* More arrows than anybody draws: what is too many is said, and not taken. */
static void
ladder_without_end(void)
{
	LOCAL_BUF text = BUF_INIT;

	for (unsigned i = 0; i < 1000; i++)
		buf_puts(&text, LINE1);
	judge_row(&(struct row){
	    DRAW, buf_cstr(&text), WRONG, "more than 200 arrows", CALL });
}

/* ---- what is at fault ---- */

#define FIND                                                   \
	"task { find = { node = { \"bob\", \"bil\" }, rule = " \
	"\"ict-timer-a\", record = function(t) return t:get "  \
	"\"INVITE@atl#2\" end }, points = 3, why = \"look again\" }"

static void
finds(void)
{
	static const struct row rows[] = {
		{ FIND, "node=bob rule=ict-timer-a record=INVITE@atl#2",
		    LESSON_GOOD, 300, "✓", LOST },
		{ FIND, "node=bil, rule=3261-17.1.1.2; record=#71", LESSON_GOOD,
		    300, NULL, LOST },
		{ FIND, "NODE=Bob\nRULE=RFC3261-17.1.1.2\nrecord=71",
		    LESSON_GOOD, 300, NULL, LOST },
		{ FIND, "node=bob rule=RFC 3261 17.1.1.2 record=71",
		    LESSON_GOOD, 300, NULL, LOST },
		{ FIND, "rule=RFC 3261, 17.1.1.2, node=bob; record=71",
		    LESSON_GOOD, 300, NULL, LOST },
		{ FIND, "rule=rfc3261 17.1.1.2", LESSON_PART, 100, NULL, LOST },
		{ FIND, "rule=RFC 3261 17.1.1", LESSON_BAD, 0, NULL, LOST },
		{ FIND, "rule=RFC 3262 17.1.1.2", LESSON_BAD, 0, NULL, LOST },
		{ FIND, "rule=RFC 3261", LESSON_BAD, 0, NULL, LOST },
		{ FIND, "rule=RFC", LESSON_BAD, 0, NULL, LOST },
		{ FIND, "rule=326117.1.1.2", LESSON_BAD, 0, NULL, LOST },
		{ FIND, "node=bob rule=ict-timer-a", LESSON_PART, 200,
		    "✗ the record", LOST },
		{ FIND, "node=atl rule=3261-17 record=INVITE@atl#1", LESSON_BAD,
		    0, "look again", LOST },
		{ FIND, "node= rule= record=", LESSON_BAD, 0, NULL, LOST },
		{ FIND,
		    "node= rule= record=node=bob rule=ict-timer-a "
		    "record=INVITE@atl#2",
		    LESSON_GOOD, 300, NULL, LOST },
		{ FIND, "node=atl, no: node=bob", LESSON_BAD, 0,
		    "name one, not atl and bob", LOST },
		{ FIND, "mynode=bob", LESSON_BAD, 0, NULL, LOST },
		{ FIND, "node", LESSON_BAD, 0, NULL, LOST },
		{ FIND, "bob did it", LESSON_PART, 100, NULL, LOST },
		{ FIND, "record=99999999999999999999", LESSON_BAD, 0, NULL,
		    LOST },
		{ FIND, "record=# node=,", LESSON_BAD, 0, NULL, LOST },
		/* Without the words, where one part alone can take each. */
		{ FIND, "bob 71 ict-timer-a", LESSON_GOOD, 300, NULL, LOST },
		{ FIND, "bil, #71; RFC 3261, 17.1.1.2", LESSON_GOOD, 300, NULL,
		    LOST },
		{ FIND, "bob rule=17.1.1.2", LESSON_PART, 200, NULL, LOST },
		{ FIND, "bob 17.1.1.2 71", LESSON_GOOD, 300, NULL, LOST },
		{ FIND, "bob alice 71", LESSON_PART, 100, "✗ the node", LOST },
		{ FIND, "98765", LESSON_BAD, 0, "node=… rule=… record=…",
		    LOST },
		{ FIND, "node=node=bob record=71 rule=17.1.1", LESSON_PART, 200,
		    "✓ the node: bob", LOST },
		{ "task { find = \"bob\" }", "node=bob", LESSON_ERROR, 0,
		    "needs a list", LOST },
		{ "task { find = { } }", "node=bob", LESSON_ERROR, 0,
		    "find needs node", LOST },
		/* A key that the run does not have lets no answer pass. */
		{ "task { find = { node = \"bob\", record = function(t) "
		  "return t:first \"status=699\" end } }",
		    "node=bob record=71", LESSON_ERROR, 0,
		    "the function for record", LOST },
		{ "task { find = { rule = \"no-such-rule\" } }",
		    "rule=no-such-rule", LESSON_BAD, 0, NULL, LOST },
	};

	EACH(rows);
}

/* ---- what a wrong answer is not told ---- */

#define KEY_RECORDS  "records = function(t) return t:get(71) end"
#define MISS_RECORDS "records = function(t) return t:get(3) end"

static const struct told {
	const char *task, *answer;
	uint64_t record; /* 0: none */
	enum rule_id rule;
} told[] = {
#define COUNT                                                       \
	"task { number = 7, rule = \"ict-1xx\", " KEY_RECORDS       \
	", wrong = { { 6, why = \"a miss\" }, { 5, why = \"two\", " \
	"rule = \"ict-timer-a\", " MISS_RECORDS " } } }"
	{ COUNT, "7", 71, RULE_ICT_1XX },
	/* The rule behind the right answer may say what is right. */
	{ COUNT, "8", 0, RULE_NONE },
	{ COUNT, "6", 0, RULE_NONE },
	{ COUNT, "5", 3, RULE_ICT_TIMER_A },
	{ "task { time = 2, " KEY_RECORDS " }", "2 s", 71, RULE_NONE },
	{ "task { time = 2, " KEY_RECORDS " }", "3 s", 0, RULE_NONE },
	{ "task { text = \"a\", " KEY_RECORDS " }", "a", 71, RULE_NONE },
	{ "task { text = \"a\", " KEY_RECORDS " }", "b", 0, RULE_NONE },
	{ "task { choice = { { \"x\" }, { \"y\", right = true } }, " KEY_RECORDS
	  " }",
	    "a", 0, RULE_NONE },
	/* A mistake's own rule is told, but not that of what is right. */
	{ "task { choice = { { \"x\", rule = \"ict-1xx\", " MISS_RECORDS
	  " }, { \"y\", right = true } }, rule = \"ict-timer-a\" }",
	    "a", 3, RULE_ICT_1XX },
	{ "task { choice = { { \"x\", rule = \"ict-1xx\" }, { \"y\", right = "
	  "true } }, rule = \"ict-1xx\" }",
	    "a", 0, RULE_NONE },
	{ "task { choice = { { \"x\" }, { \"y\", right = true } }, " KEY_RECORDS
	  " }",
	    "b", 71, RULE_NONE },
#define FAULT                                                               \
	"task { find = { node = \"bob\", rule = \"ict-timer-a\", record = " \
	"function(t) return t:get(71) end }, rule = "                       \
	"\"ict-timer-a\", " KEY_RECORDS " }"
	{ FAULT, "node=bob rule=ict-timer-a record=71", 71, RULE_ICT_TIMER_A },
	{ FAULT, "node=bob rule=ict-timer-a", 0, RULE_ICT_TIMER_A },
	{ FAULT, "node=bob rule=ict-1xx record=71", 0, RULE_NONE },
	{ FAULT, "node=bob", 0, RULE_NONE },
	/* What was named may be looked at again. */
	{ FAULT, "record=#9", 9, RULE_NONE },
	{ FAULT, "node=bob rule=ict-timer-a record=9", 9, RULE_ICT_TIMER_A },
};

static void
keys_are_kept(void)
{
	for (size_t i = 0; i < sizeof(told) / sizeof(told[0]); i++) {
		struct lesson *l = load(told[i].task);
		struct lesson_work work = { .lab = traces[LOST] };
		struct lesson_answer a = { .text = str_of(told[i].answer) };
		struct lesson_result r;

		CU_ASSERT_EQUAL(lesson_judge(l, 0, &a, &work, &r), 0);
		if (r.nrecords != (told[i].record != 0) ||
		    (r.nrecords > 0 && r.records[0] != told[i].record) ||
		    r.rule != told[i].rule) {
			printf(
			    "BAD  “%s” of %s\n", told[i].answer, told[i].task);
			CU_FAIL("what is told");
		}
		lesson_result_free(&r);
		lesson_destroy(l);
	}
}

CHECK_MAIN("lesson_judge", { "begins", begins }, { "numbers", numbers },
    { "times", times }, { "texts", texts }, { "choices", choices },
    { "ladders", ladders }, { "ladder in part", ladder_in_part },
    { "ladder without end", ladder_without_end }, { "finds", finds },
    { "keys are kept", keys_are_kept }, { "ends", ends })
