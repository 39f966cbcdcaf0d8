/*
 * How people write answers: a table of spellings for each kind of task, every
 * one of which is right, and beside each what looks like it and is not.
 */
#include "fixtures/check.h"
#include "lesson/answer_spelling.h"
#include "fixtures/lesson_rows.h"

/* ---- characters ---- */

static void
characters(void)
{
	static const struct {
		const char *typed, *plain;
	} rows[] = {
		{ "３．０２ ｓ", "3.02 s" },
		{ "ＩＮＶＩＴＥ，（ｂ）", "INVITE,(b)" },
		{ "“a” ‘b’ 「c」 『d』 《e》 «f»",
		    "\"a\" 'b' \"c\" \"d\" \"e\" \"f\"" },
		{ "a → b ⇒ c ← d", "a -> b -> c <- d" },
		{ "a —> b –> c ──▶ d ◀── e", "a -> b -> c --> d <-- e" },
		{ "20µs 20μs", "20us 20us" },
		{ "§16.5", " section 16.5" },
		{ "2。02", "2.02" },
		{ "1、2", "1, 2" },
		{ "a　b\xc2\xa0"
		  "c\xe2\x80\x8b"
		  "d",
		    "a b cd" },
		{ "第142条\n话机", "第142条\n话机" },
		{ "№ 7 ≈ 8", "# 7 ~ 8" },
		{ "\xff", "\xff" },
		{ "", "" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf b = BUF_INIT;

		CU_ASSERT_EQUAL(spelling_plain(str_of(rows[i].typed), &b), 0);
		if (!str_is(buf_view(&b), rows[i].plain))
			printf("BAD  %s is %s, not %s\n", rows[i].typed,
			    buf_cstr(&b), rows[i].plain);
		CU_ASSERT(str_is(buf_view(&b), rows[i].plain));
		buf_free(&b);
	}
}

/* ---- values ---- */

#define SEVEN "task { number = 7, unit = \"messages\" }"
#define LARGE "task { number = 266437 }"
#define ONE   "task { number = 1 }"
#define SOME  "task { number = 1.5, tolerance = 0.01 }"

static void
numbers(void)
{
	static const struct row rows[] = {
		{ SEVEN, "７", RIGHT, NULL, CALL },
		{ SEVEN, "７。", RIGHT, NULL, CALL },
		{ SEVEN, "7.", RIGHT, NULL, CALL },
		{ SEVEN, "“7”", RIGHT, NULL, CALL },
		{ SEVEN, "「7」", RIGHT, NULL, CALL },
		{ SEVEN, "**7**", RIGHT, NULL, CALL },
		{ SEVEN, "`7` messages.", RIGHT, NULL, CALL },
		{ SEVEN, "7 messages in all", RIGHT, NULL, CALL },
		{ SEVEN, "７条消息", RIGHT, NULL, CALL },
		{ SEVEN, "共 7 条", RIGHT, NULL, CALL },
		{ SEVEN, "record 7", RIGHT, NULL, CALL },
		{ SEVEN, "record: 7", RIGHT, NULL, CALL },
		{ SEVEN, "#7", RIGHT, NULL, CALL },
		{ SEVEN, "第7条", RIGHT, NULL, CALL },
		{ SEVEN, "记录 7", RIGHT, NULL, CALL },
		{ SEVEN, "about 7", RIGHT, NULL, CALL },
		{ SEVEN, "≈ 7", RIGHT, NULL, CALL },
		{ SEVEN, "Max-Forwards: 7", RIGHT, NULL, CALL },
		{ LARGE, "266,437", RIGHT, NULL, CALL },
		{ LARGE, "２６６，４３７", RIGHT, NULL, CALL },
		{ SOME, "1.5", RIGHT, NULL, CALL },
		{ SOME, "+1.5", RIGHT, NULL, CALL },
		{ SEVEN, "ca. 7", RIGHT, NULL, CALL },
		{ SEVEN, "approx. 7 messages", RIGHT, NULL, CALL },
		{ SEVEN, "大概７条", RIGHT, NULL, CALL },
		{ SEVEN, "+ 7", RIGHT, NULL, CALL },
		{ SEVEN, "+-7", WRONG, "answer with a number", CALL },
		{ SEVEN, "6 + 1", WRONG, NULL, CALL },
		/* Another number, or none. */
		{ SEVEN, "0.7", WRONG, NULL, CALL },
		{ SEVEN, "7 8", WRONG, "answer with a number", CALL },
		{ SEVEN, "7 or 8", WRONG, "answer with a number", CALL },
		{ SEVEN, "8 or 7", WRONG, "answer with a number", CALL },
		{ SEVEN, "7, 8", WRONG, "answer with a number", CALL },
		{ SEVEN, "7、8", WRONG, "answer with a number", CALL },
		{ SEVEN, "7/8", WRONG, "answer with a number", CALL },
		{ SEVEN, "7-8", WRONG, "answer with a number", CALL },
		{ SEVEN, "7 或 8", WRONG, "answer with a number", CALL },
		{ SEVEN, "7,0", WRONG, "answer with a number", CALL },
		{ SEVEN, "七", WRONG, "answer with a number", CALL },
		{ SEVEN, "record", WRONG, "answer with a number", CALL },
		/* Between thousands is no decimal comma. */
		{ ONE, "1,000", WRONG, NULL, CALL },
		{ ONE, "1，000", WRONG, NULL, CALL },
		{ "task { number = 1000 }", "1,000", RIGHT, NULL, CALL },
		{ "task { number = 1000 }", "1.000", WRONG, NULL, CALL },
		{ SOME, "1,5", WRONG, "answer with a number", CALL },
		{ LARGE, "266，43", WRONG, "answer with a number", CALL },
		{ LARGE, "266、437", WRONG, "answer with a number", CALL },
		{ LARGE, "266.437", WRONG, NULL, CALL },
		{ "task { number = 1.8 }", "180", WRONG, NULL, CALL },
		{ "task { number = 180 }", "1.80", WRONG, NULL, CALL },
	};

	EACH(rows);
}

#define LONG  "task { time = 2.02 }"
#define SHORT "task { time = \"20us\", tolerance = \"1us\" }"

static void
times(void)
{
	static const struct row rows[] = {
		{ LONG, "２．０２", RIGHT, NULL, CALL },
		{ LONG, "２．０２ｓ", RIGHT, NULL, CALL },
		{ LONG, "2。02 秒", RIGHT, NULL, CALL },
		{ LONG, "2.02 s.", RIGHT, NULL, CALL },
		{ LONG, "2.02 S", RIGHT, NULL, CALL },
		{ LONG, "2,02 s", RIGHT, NULL, CALL },
		{ LONG, "2，02 s", RIGHT, NULL, CALL },
		{ LONG, "2,02", RIGHT, NULL, CALL },
		{ LONG, "2.02 sec", RIGHT, NULL, CALL },
		{ LONG, "2.02 Seconds", RIGHT, NULL, CALL },
		{ LONG, "2020 msec", RIGHT, NULL, CALL },
		{ LONG, "2020 milliseconds", RIGHT, NULL, CALL },
		{ LONG, "2020毫秒", RIGHT, NULL, CALL },
		{ LONG, "“2.02 s”", RIGHT, NULL, CALL },
		{ LONG, "about 2.02 s", RIGHT, NULL, CALL },
		{ LONG, "2.02 s after the INVITE", RIGHT, NULL, CALL },
		{ LONG, "2.02 秒后", RIGHT, NULL, CALL },
		{ LONG, "约 2.02 秒", RIGHT, NULL, CALL },
		{ LONG, "t = 2.02 s", RIGHT, NULL, CALL },
		{ LONG, "+2.02 s", RIGHT, NULL, CALL },
		{ LONG, "＋２．０２ 秒", RIGHT, NULL, CALL },
		{ LONG, "t = +2.02 s", RIGHT, NULL, CALL },
		{ LONG, "ca. 2.02 s", RIGHT, NULL, CALL },
		{ LONG, "ca 2.02 s", RIGHT, NULL, CALL },
		{ LONG, "circa 2,02 s", RIGHT, NULL, CALL },
		{ LONG, "approx. 2.02 s", RIGHT, NULL, CALL },
		{ LONG, "approx 2020 ms", RIGHT, NULL, CALL },
		{ LONG, "roughly 2.02 s", RIGHT, NULL, CALL },
		{ LONG, "大概 2.02 秒左右", RIGHT, NULL, CALL },
		{ LONG, "+-2.02 s", WRONG, "answer with a time", CALL },
		{ LONG, "2.02 s + 3 s", WRONG, "answer with a time", CALL },
		{ LONG, "ca. 3 s", WRONG, NULL, CALL },
		{ SHORT, "20 µs", RIGHT, NULL, CALL },
		{ SHORT, "20μs", RIGHT, NULL, CALL },
		{ SHORT, "20us", RIGHT, NULL, CALL },
		{ SHORT, "20 微秒", RIGHT, NULL, CALL },
		{ SHORT, "0,02 ms", RIGHT, NULL, CALL },
		{ "task { time = 32 }", "32 s (64*T1)", RIGHT, NULL, CALL },
		{ "task { time = 0.5 }", "0,500 s", RIGHT, NULL, CALL },
		{ "task { time = 1.5 }", "1,000,500.0 us", WRONG, NULL, CALL },
		{ "task { time = 1.0005 }", "1,000,500 us", RIGHT, NULL, CALL },
		/* What can be two times is none. */
		{ "task { time = 1.5 }", "1,500 s", WRONG, "answer with a time",
		    CALL },
		{ "task { time = 1500 }", "1,500 s", WRONG,
		    "answer with a time", CALL },
		{ "task { time = 1.5 }", "1,500 ms", WRONG,
		    "answer with a time", CALL },
		{ "task { time = 1 }", "1,000 s", WRONG, "answer with a time",
		    CALL },
		{ "task { time = 1.8 }", "180", WRONG, NULL, CALL },
		{ "task { time = 180 }", "1.80", WRONG, NULL, CALL },
		{ LONG, "202", WRONG, NULL, CALL },
		{ LONG, "2.02 ms", WRONG, NULL, CALL },
		{ LONG, "2.02 m", WRONG, "answer with a time", CALL },
		{ LONG, "2.02 or 3 s", WRONG, "answer with a time", CALL },
		{ LONG, "2.02 s or 3 s", WRONG, "answer with a time", CALL },
		{ LONG, "3 s or 2.02 s", WRONG, "answer with a time", CALL },
		{ LONG, "2.02 s, 3 s", WRONG, "answer with a time", CALL },
		{ LONG, "2.02 s (or 3 s)", WRONG, "answer with a time", CALL },
		{ LONG, "2.02.", RIGHT, NULL, CALL },
		{ LONG, "-2.02 s", WRONG, "answer with a time", CALL },
		{ LONG, "2,02,0 s", WRONG, "answer with a time", CALL },
	};

	EACH(rows);
}

#define FIELD "task { text = \"Record-Route\" }"
#define EARLY "task { text = \"early\" }"
#define CSEQ                                                       \
	"task { text = function(t) return t:first(\"status=200\")" \
	":header \"CSeq\" end }"
#define TAG                                                         \
	"task { text = function(t) return (t:first(\"status=180\")" \
	":header \"To\"):match \"tag=(.*)\" end }"

static void
words(void)
{
	static const struct row rows[] = {
		{ FIELD, "Record-Route", RIGHT, NULL, CALL },
		{ FIELD, "record-route.", RIGHT, NULL, CALL },
		{ FIELD, "Record-Route:", RIGHT, NULL, CALL },
		{ FIELD, "Record-Route：", RIGHT, NULL, CALL },
		{ FIELD, "Ｒｅｃｏｒｄ－Ｒｏｕｔｅ", RIGHT, NULL, CALL },
		{ FIELD, "“Record-Route”", RIGHT, NULL, CALL },
		{ FIELD, "「Record-Route」", RIGHT, NULL, CALL },
		{ FIELD, "‘Record-Route’", RIGHT, NULL, CALL },
		{ FIELD, "**Record‑Route**", RIGHT, NULL, CALL },
		{ FIELD, "the Record-Route header", RIGHT, NULL, CALL },
		{ FIELD, "The Record-Route header field.", RIGHT, NULL, CALL },
		{ FIELD, "header: Record-Route", RIGHT, NULL, CALL },
		{ FIELD, "in the \"Record-Route\" field", RIGHT, NULL, CALL },
		{ FIELD, "Record-Route 头域", RIGHT, NULL, CALL },
		{ FIELD, "Record-Route字段", RIGHT, NULL, CALL },
		{ FIELD, "头字段 Record-Route。", RIGHT, NULL, CALL },
		{ FIELD, "Record-Route: <sip:atl;lr>", RIGHT, NULL, CALL },
		{ EARLY, "the early state", RIGHT, NULL, CALL },
		{ EARLY, "状态：early", WRONG, NULL, CALL },
		{ EARLY, "early状态", RIGHT, NULL, CALL },
		{ CSEQ, "1 INVITE", RIGHT, NULL, CALL },
		{ CSEQ, "CSeq: 1 INVITE", RIGHT, NULL, CALL },
		{ CSEQ, "ＣＳｅｑ：１ ＩＮＶＩＴＥ", RIGHT, NULL, CALL },
		/* Another field, or two. */
		{ FIELD, "Route", WRONG, NULL, CALL },
		{ FIELD, "Record", WRONG, NULL, CALL },
		{ FIELD, "the header", WRONG, NULL, CALL },
		{ FIELD, "Via or Record-Route", WRONG, NULL, CALL },
		{ FIELD, "Record-Route or Via", WRONG, NULL, CALL },
		{ FIELD, "Record-Route, Via", WRONG, NULL, CALL },
		{ FIELD, "Via: Record-Route", WRONG, NULL, CALL },
		{ FIELD, "Via: <sip:atl;lr>", WRONG, NULL, CALL },
		{ FIELD, "not Record-Route", WRONG, NULL, CALL },
		{ CSEQ, "Via: 1 INVITE", WRONG, NULL, CALL },
		{ CSEQ, "1INVITED", WRONG, NULL, CALL },
		{ CSEQ, "CSeq", WRONG, NULL, CALL },
		{ CSEQ, "CSeq: 2 INVITE", WRONG, NULL, CALL },
		{ TAG, "tag=", WRONG, NULL, CALL },
		{ EARLY, "early or confirmed", WRONG, NULL, CALL },
		{ "task { text = \"180\" }", "1.80", WRONG, NULL, CALL },
		{ "task { text = \"180\" }", "１８０", RIGHT, NULL, CALL },
		{ "task { text = \"E\" }", "Timer E", RIGHT, NULL, CALL },
		{ "task { text = \"E\" }", "定时器 E", RIGHT, NULL, CALL },
		{ "task { text = \"E\" }", "Timer F", WRONG, NULL, CALL },
		{ "task { text = \"BYE\" }", "a BYE request", RIGHT, NULL,
		    CALL },
		{ "task { text = \"the\" }", "the", RIGHT, NULL, CALL },
	};

	EACH(rows);
}

#define PICK                                                          \
	"task { choice = { { \"one\" }, { \"the second one\", right " \
	"= true }, { \"A third\" }, { \"another\" } } }"

static void
choices(void)
{
	static const struct row rows[] = {
		{ PICK, "ｂ", RIGHT, NULL, CALL },
		{ PICK, "Ｂ）", RIGHT, NULL, CALL },
		{ PICK, "b.", RIGHT, NULL, CALL },
		{ PICK, "b。", RIGHT, NULL, CALL },
		{ PICK, "“b”", RIGHT, NULL, CALL },
		{ PICK, "【b】", RIGHT, NULL, CALL },
		{ PICK, "option b", RIGHT, NULL, CALL },
		{ PICK, "Answer: b", RIGHT, NULL, CALL },
		{ PICK, "答案：B", RIGHT, NULL, CALL },
		{ PICK, "选 b", RIGHT, NULL, CALL },
		{ PICK, "选项b", RIGHT, NULL, CALL },
		{ PICK, "２", RIGHT, NULL, CALL },
		{ PICK, "b) the second one", RIGHT, NULL, CALL },
		{ PICK, "b because a proxy asks", RIGHT, NULL, CALL },
		{ PICK, "the second one", RIGHT, NULL, CALL },
		{ PICK, "“The second one.”", RIGHT, NULL, CALL },
		/* Its text is meant, not the letter that it begins with. */
		{ PICK, "A third", WRONG, NULL, CALL },
		{ PICK, "a or b", WRONG, "a letter from a to d", CALL },
		{ PICK, "b or a", WRONG, "a letter from a to d", CALL },
		{ PICK, "b, c", WRONG, "a letter from a to d", CALL },
		{ PICK, "b c d", WRONG, "a letter from a to d", CALL },
		{ PICK, "b、d", WRONG, "a letter from a to d", CALL },
		{ PICK, "b或d", WRONG, "a letter from a to d", CALL },
		{ PICK, "b/a", WRONG, "a letter from a to d", CALL },
		{ PICK, "abcd", WRONG, "a letter from a to d", CALL },
		{ PICK, "e", WRONG, "a letter from a to d", CALL },
	};

	EACH(rows);
}

/* ---- what is at fault ---- */

#define FIND                                                       \
	"task { find = { node = \"bob\", rule = \"ict-timer-a\", " \
	"record = function(t) return t:get(71) end }, points = 3 }"
#define THREE  LESSON_GOOD, 300
#define TWO_OF LESSON_PART, 200
#define ONE_OF LESSON_PART, 100

static void
finds(void)
{
	static const struct row rows[] = {
		{ FIND, "bob 17.1.1.2 record 71", THREE, NULL, LOST },
		{ FIND, "bob 17.1.1.2 #71", THREE, NULL, LOST },
		{ FIND, "bob, 17.1.1.2, 71.", THREE, NULL, LOST },
		{ FIND, "bob/17.1.1.2/71", THREE, NULL, LOST },
		{ FIND, "Bob RFC 3261 section 17.1.1.2 record 71", THREE, NULL,
		    LOST },
		{ FIND, "Bob: RFC 3261, Section 17.1.1.2 (record 71)", THREE,
		    NULL, LOST },
		{ FIND, "bob §17.1.1.2 71", THREE, NULL, LOST },
		{ FIND, "bob, RFC 3261 § 17.1.1.2, record no. 71", THREE, NULL,
		    LOST },
		{ FIND, "bob, section 17.1.1.2 of RFC 3261, 71", THREE, NULL,
		    LOST },
		{ FIND, "bob, RFC3261-17.1.1.2, 71", THREE, NULL, LOST },
		{ FIND, "bob; ict-timer-a; INVITE@atl#2", THREE, NULL, LOST },
		{ FIND, "Bob's phone breaks ict-timer-a in record 71", THREE,
		    NULL, LOST },
		{ FIND, "the node is bob, the rule is 17.1.1.2, the record 71",
		    THREE, NULL, LOST },
		{ FIND, "node: bob\nrule: RFC 3261 17.1.1.2\nrecord: 71", THREE,
		    NULL, LOST },
		{ FIND, "node = bob, rule = ict-timer-a, record = 71", THREE,
		    NULL, LOST },
		{ FIND,
		    "ｎｏｄｅ＝ｂｏｂ ｒｕｌｅ＝１７．１．１．２ "
		    "ｒｅｃｏｒｄ＝７１",
		    THREE, NULL, LOST },
		{ FIND, "节点：bob，规则：17.1.1.2，记录：71", THREE, NULL,
		    LOST },
		{ FIND, "bob 违反了 RFC 3261 第17.1.1.2节，见第71条", THREE,
		    NULL, LOST },
		{ FIND, "节点是bob，规则是「17.1.1.2」，第７１条记录", THREE,
		    NULL, LOST },
		{ FIND, "“bob”, “17.1.1.2”, “71”", THREE, NULL, LOST },
		{ FIND, "bob, ict-timer-a (RFC 3261, 17.1.1.2), record 71",
		    THREE, NULL, LOST },
		{ FIND, "bob repeats it 3 times, after 0.5 s: 17.1.1.2, 71",
		    THREE, NULL, LOST },
		{ FIND, "bob bob Bob 17.1.1.2 71 #71", THREE, NULL, LOST },
		/* A status is spoken of, beside the record. */
		{ FIND, "bob sends the 200 again, RFC 3261 17.1.1.2, record 71",
		    THREE, NULL, LOST },
		{ FIND, "node=bob rule=17.1.1.2 record=71 (the 200)", THREE,
		    NULL, LOST },
		{ FIND, "bob 在第71条重传 180，依据第17.1.1.2节", THREE, NULL,
		    LOST },
		{ FIND, "bob 17.1.1.2 record 71 or 180", TWO_OF, "name one",
		    LOST },
		{ FIND, "bob 17.1.1.2 record 71, maybe 144", TWO_OF, "name one",
		    LOST },
		/* Two are none, whichever comes first and however they are
		 * said. */
		{ FIND, "bob 17.1.1.2 71 72", TWO_OF, "name one", LOST },
		{ FIND, "bob 17.1.1.2 72 71", TWO_OF, "name one", LOST },
		{ FIND, "bob 17.1.1.2 record 71, 72", TWO_OF, NULL, LOST },
		{ FIND, "bob 17.1.1.2 72 record 71", TWO_OF, NULL, LOST },
		{ FIND, "bob 17.1.1.2 record=72 record=71", TWO_OF, NULL,
		    LOST },
		{ FIND, "bob 17.1.1.2 record=71 72", TWO_OF, NULL, LOST },
		{ FIND, "bob 17.1.1.2 records 71 and 72", TWO_OF, NULL, LOST },
		{ FIND, "bob 17.1.1.2 71-72", TWO_OF, NULL, LOST },
		{ FIND, "bob alice 17.1.1.2 71", TWO_OF, NULL, LOST },
		{ FIND, "node=bob node=alice 17.1.1.2 71", TWO_OF, NULL, LOST },
		{ FIND, "bob or atl, 17.1.1.2, 71", TWO_OF, NULL, LOST },
		{ FIND, "bob 17.1.1.2 17.1.1.3 71", TWO_OF, NULL, LOST },
		{ FIND, "bob ict-timer-a ict-timer-b 71", TWO_OF, NULL, LOST },
		{ FIND, "alice atl bil bob 17.1.1.2 16.5 1 2 3 71", LESSON_BAD,
		    0, NULL, LOST },
		/* What is another. */
		{ FIND, "bob 17.1.12 71", TWO_OF, NULL, LOST },
		{ FIND, "bob 1.7.1.1.2 71", TWO_OF, NULL, LOST },
		{ FIND, "bob RFC 3262 section 17.1.1.2 record 71", TWO_OF, NULL,
		    LOST },
		{ FIND, "bob 17.1.1.2 record 7.1", ONE_OF, NULL, LOST },
		{ FIND, "bob 17.1.1.2 710", TWO_OF, NULL, LOST },
		{ FIND, "bobby 17.1.1.2 71", TWO_OF, NULL, LOST },
		{ FIND, "bob 17.1.1.2 71 times", TWO_OF, NULL, LOST },
		{ "task { find = { node = \"bob\", rule = \"rfc3261-8\" }, "
		  "points = 2 }",
		    "bob section 8", LESSON_PART, 100, NULL, LOST },
	};

	EACH(rows);
}

/* ---- what is said to be the answer ---- */

#define AT_BOB                                                     \
	"task { find = { node = \"bob\", rule = \"ict-timer-a\", " \
	"record = function(t) return t:get(71) end } }"

static void
answers(void)
{
	static const char *const leads[] = { "Answer: %s", "answer = %s",
		"ANSWER：%s", "**Answer:** %s", "the answer is %s",
		"My answer: %s", "Ans.: %s", "答：%s", "答案：%s", "答案: %s",
		"答案是%s", "我的答案是：%s", "【答】%s", "Answer:\n%s" };
	static const struct row rows[] = {
		{ SEVEN, "7", RIGHT, NULL, CALL },
		{ LONG, "2.02 s", RIGHT, NULL, CALL },
		{ LONG, "约 2.02 秒", RIGHT, NULL, CALL },
		{ FIELD, "Record-Route", RIGHT, NULL, CALL },
		{ FIELD, "Record-Route: <sip:atl;lr>", RIGHT, NULL, CALL },
		{ PICK, "b", RIGHT, NULL, CALL },
		{ PICK, "(b)", RIGHT, NULL, CALL },
		{ PICK, "the second one", RIGHT, NULL, CALL },
		{ AT_BOB, "bob 17.1.1.2 record 71", RIGHT, NULL, LOST },
		{ "task { draw = \"method=ACK\" }", "alice -> bob ACK", RIGHT,
		    NULL, CALL },
		{ SEVEN, "8", WRONG, NULL, CALL },
		{ SEVEN, "", LESSON_BAD, 0, "answer with a number", CALL },
		{ LONG, "3 s", WRONG, NULL, CALL },
		{ FIELD, "Via", WRONG, NULL, CALL },
		{ PICK, "a", WRONG, NULL, CALL },
	};
	struct buf text = BUF_INIT;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		for (size_t k = 0; k < sizeof(leads) / sizeof(leads[0]); k++) {
			const char *at = strstr(leads[k], "%s");
			struct row row = rows[i];

			buf_clear(&text);
			buf_printf(&text, "%.*s%s", (int)(at - leads[k]),
			    leads[k], row.answer);
			row.answer = buf_cstr(&text);
			judge_row(&row);
		}
	buf_free(&text);
	/* The word itself can be asked for, and be the beginning of another. */
	judge_row(&(struct row){
	    "task { text = \"answer\" }", "answer", RIGHT, NULL, CALL });
	judge_row(&(struct row){ "task { text = \"Answer-Mode\" }",
	    "Answer-Mode", RIGHT, NULL, CALL });
	judge_row(&(struct row){ "task { text = \"Answer-Mode\" }",
	    "Answer: Answer-Mode", RIGHT, NULL, CALL });
}

/* ---- ladders ---- */

#define DRAW "task { draw = \"proto=sip\" }"
#define REST                                                     \
	"bob -> alice 200\nalice -> bob ACK\nbob -> alice BYE\n" \
	"alice -> bob 200\n"

static void
ladders(void)
{
	/* The first two arrows of a call, in each way. */
	static const char *const begins_of[] = {
		"alice -> bob INVITE\nbob -> alice 180\n",
		"alice → bob: INVITE\nalice ← bob: 180\n",
		"alice —> bob INVITE\nalice <- bob 180\n",
		"alice --> bob INVITE\nalice <-- bob 180 Ringing\n",
		"alice ⇒ bob INVITE (SDP)\nbob => alice 180 Ringing\n",
		"bob <- alice INVITE\nalice <-- bob: 180 Ringing\n",
		"ａｌｉｃｅ－＞ｂｏｂ：ＩＮＶＩＴＥ\nｂｏｂ→ａｌｉｃｅ　１８０"
		"\n",
		" 9   1.000  alice   send     INVITE → bob\n"
		"15   1.010  bob     send     180 Ringing → alice\n",
		"10   1.000  bob     recv     INVITE ← alice\n"
		"16   1.010  alice   recv     180 Ringing ← bob\n",
		"1.000 alice -> bob INVITE\n1.010 bob -> alice 180 Ringing\n",
		"[1.000] alice -> bob: INVITE\n[1.010] bob -> alice: 180\n",
		"1.000 s: alice -> bob INVITE\n1,010 s: bob -> alice 180\n",
		"- alice -> bob INVITE\n- bob -> alice 180\n",
		"1) alice -> bob INVITE\n2) bob -> alice 180\n",
		"#9 alice -> bob INVITE\n#15 bob -> alice 180\n",
		"＃9 alice → bob INVITE\n# that was easy\n"
		"#15 1.010 bob send 180 Ringing → alice\n",
		"F1 alice -> bob INVITE\nF2 bob -> alice 180\n",
		"F1: alice -> bob INVITE\nF2: alice <- bob 180\n",
		"alice -> bob 1.000 INVITE\nbob -> alice 1.010 180 Ringing\n",
		"alice -> bob INVITE 1.000 s\nbob -> alice 180 (1.010 s)\n",
		"alice->>bob: INVITE (SDP)\nbob--)alice: 180 Ringing\n",
		"alice --INVITE--> bob\nalice <--180-- bob\n",
		"alice ──INVITE──▶ bob\nalice ◀──180── bob\n",
		"“alice” -> “bob”: “INVITE”\n`bob` -> `alice`: `180`\n",
		"alice -> bob INVITE sip:bob@192.0.2.3 SIP/2.0\n"
		"bob -> alice SIP/2.0 180 Ringing\n",
		"alice 发送 INVITE → bob\nbob 发送 180 → alice\n",
	};
	/* And what is none of them: another message, the other way, a chain. */
	static const char *const wrong[] = {
		"alice -> bob INVITE\nbob <- alice 180\n",
		"alice <- bob INVITE\nbob -> alice 180\n",
		"alice <-> bob INVITE\nbob -> alice 180\n",
		"alice -> bob INVITE\nbob -> alice 18.0\n",
		"alice -> bob INVITE\nbob -> alice 1.80\n",
		"alice -> bob INVITE\nbob -> alice 181 180\n",
		"alice -> bob INVITE\nbob -> alice\n",
		"alice -> bob -> alice INVITE\nbob -> alice 180\n",
		"alice -> bob INVITE 180\n",
	};
	struct row row = { .task = DRAW, .lab = CALL };
	LOCAL_BUF text = BUF_INIT;

	for (size_t i = 0; i < sizeof(begins_of) / sizeof(begins_of[0]); i++) {
		buf_clear(&text);
		buf_printf(&text, "%s" REST, begins_of[i]);
		row.answer = buf_cstr(&text);
		row.verdict = LESSON_GOOD;
		row.points = 100;
		judge_row(&row);
	}
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		buf_clear(&text);
		buf_printf(&text, "%s" REST, wrong[i]);
		row.answer = buf_cstr(&text);
		row.verdict = LESSON_PART;
		row.points = 50;
		judge_row(&row);
	}
}

/* ---- commands ---- */

static void
commands(void)
{
	static const struct {
		const char *typed, *plain;
	} rows[] = {
		{ "busy --set bob.busy=false", "busy --set bob.busy=false" },
		{ "`busy --seed=3`.", "busy --seed=3" },
		{ "busy —set bob.busy=false", "busy --set bob.busy=false" },
		{ "busy ——set bob.busy=false", "busy --set bob.busy=false" },
		{ "ｂｕｓｙ　－－ｓｅｅｄ＝３", "busy --seed=3" },
		{ "“two-proxies”", "two-proxies" },
		{ "busy --set \"bob.busy=false\"",
		    "busy --set bob.busy=false" },
		{ "busy -o x", "busy -o x" },
		{ "Answer: busy --seed=3", "busy --seed=3" },
		{ "答：`busy —seed=3`", "busy --seed=3" },
		{ "The answer is rung run busy.", "rung run busy" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf b = BUF_INIT;

		CU_ASSERT_EQUAL(spelling_command(str_of(rows[i].typed), &b), 0);
		if (!str_is(buf_view(&b), rows[i].plain))
			printf("BAD  %s is %s\n", rows[i].typed, buf_cstr(&b));
		CU_ASSERT(str_is(buf_view(&b), rows[i].plain));
		buf_free(&b);
	}
}

/* ---- parts ---- */

/* Parts are worth halves, more of them never less, and only all of them all. */
static void
parts(void)
{
	static const struct {
		unsigned points;
		unsigned worth[4]; /* of none to three parts */
	} rows[] = {
		{ 1, { 0, 50, 50, 100 } },
		{ 2, { 0, 50, 150, 200 } },
		{ 3, { 0, 100, 200, 300 } },
		{ 4, { 0, 150, 250, 400 } },
	};
	static const char *const answers[] = { "atl 16.5 9", "bob 16.5 9",
		"bob 17.1.1.2 9", "bob 17.1.1.2 71" };
	char task[300];

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		for (unsigned n = 0; n < 4; n++) {
			struct row row = { task, answers[n], LESSON_PART,
				rows[i].worth[n], NULL, LOST };

			snprintf(task, sizeof(task),
			    "task { find = { node = \"bob\", rule = "
			    "\"ict-timer-a\", record = function(t) return "
			    "t:get(71) end }, points = %u }",
			    rows[i].points);
			row.verdict = n == 0   ? LESSON_BAD
				      : n == 3 ? LESSON_GOOD
					       : LESSON_PART;
			judge_row(&row);
		}
}

CHECK_MAIN("lesson_spelling", { "begins", begins },
    { "characters", characters }, { "numbers", numbers }, { "times", times },
    { "words", words }, { "choices", choices }, { "finds", finds },
    { "answers", answers }, { "ladders", ladders }, { "commands", commands },
    { "parts", parts }, { "ends", ends })
