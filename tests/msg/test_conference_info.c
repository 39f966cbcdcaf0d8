/* Documents of conferences, and what who has subscribed makes of them: RFC 4575
 * 4.6. */
#include "base/err.h"
#include "base/mem.h"
#include "fixtures/check.h"
#include "msg/conference_info.h"

#include <stdio.h>
#include <string.h>

#define HEAD(version, state)                                               \
	"<conference-info xmlns='urn:ietf:params:xml:ns:conference-info' " \
	"entity='sip:c@x' version='" version "' state='" state "'>"
#define TAIL "</conference-info>"
#define USER(name, state, inside) \
	"<user entity='sip:" name "@x' state='" state "'>" inside "</user>"
#define PHONE(name, state, status)                             \
	"<endpoint entity='sip:" name "@1' state='" state "'>" \
	"<status>" status "</status></endpoint>"

static void
says(void)
{
	static const struct {
		const char *body, *says; /* NULL: it is none */
	} rows[] = {
		{ HEAD("0", "full") TAIL,
		    "conference sip:c@x, version 0: nobody" },
		{ HEAD("7", "full") "<users>" USER("a", "full",
		      PHONE("a", "full", "connected")) "</users>" TAIL,
		    "conference sip:c@x, version 7: sip:a@x connected" },
		{ HEAD("8", "partial") "<users state='partial'>" USER(
		      "a", "deleted", "") "</users>" TAIL,
		    "conference sip:c@x, version 8, what has changed: sip:a@x "
		    "gone" },
		{ HEAD("9", "deleted") "<users>" USER(
		      "a", "full", "") "</users>" TAIL,
		    "conference sip:c@x, version 9: it is over" },
		/* As in RFC 4579 5.1, which leaves the namespace out. */
		{ "<conference-info version='0' state='full' entity='sip:c@x'>"
		  "<users><user entity='sip:a@x' state='full'><endpoint "
		  "entity='sip:a@1'><status>connected</status><media id='1'>"
		  "<type>audio</type><status>sendrecv</status></media>"
		  "<media id='2'><type>video</type><status>sendonly</status>"
		  "</media></endpoint></user></users>" TAIL,
		    "conference sip:c@x, version 0: sip:a@x connected (audio "
		    "sendrecv, video sendonly)" },
		/* 4.4: children of what is full are full. */
		{ HEAD("1", "full") "<users state='partial'/>" TAIL, NULL },
		{ HEAD("1", "full") "<users>" USER(
		      "a", "deleted", "") "</users>" TAIL,
		    NULL },
		/* 4.5: keys are there, and differ. */
		{ HEAD("1", "full") "<users><user/></users>" TAIL, NULL },
		{ HEAD("1", "full") "<users>" USER("a", "full", "")
			USER("a", "full", "") "</users>" TAIL,
		    NULL },
		{ HEAD("1", "some") TAIL, NULL },
		{ HEAD("-1", "full") TAIL, NULL },
		{ HEAD("4294967296", "full") TAIL, NULL },
		{ "<conference-info version='1'/>", NULL },
		{ "<conference-info entity='sip:c@x'/>", NULL },
		{ "<presence version='1' entity='sip:c@x'/>", NULL },
		{ HEAD("1", "full"), NULL },
		{ "", NULL },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf out = BUF_INIT;
		int err = conference_info_say(str_of(rows[i].body), &out);

		CU_ASSERT_EQUAL(err, rows[i].says == NULL ? ERR_SYNTAX : 0);
		if (rows[i].says != NULL)
			CU_ASSERT_STRING_EQUAL(buf_cstr(&out), rows[i].says);
		if (err != (rows[i].says == NULL ? ERR_SYNTAX : 0))
			printf("  %s\n", rows[i].body);
		buf_free(&out);
	}
}

/* One document after the other, and what is known then. */
static void
is_put_together(void)
{
	static const struct {
		const char *body;
		enum conference_news news;
		const char *known;
	} rows[] = {
		/* The whole was lost. */
		{ HEAD("1", "partial") "<users state='partial'>" USER(
		      "a", "full", "") "</users>" TAIL,
		    CONFERENCE_GAP, "" },
		{ HEAD("2", "full") "<users>" USER("a", "full",
		      PHONE("a", "full", "connected")) "</users>" TAIL,
		    CONFERENCE_NEWS, "in the conference: sip:a@x" },
		{ HEAD("2", "full") TAIL, CONFERENCE_OLD,
		    "in the conference: sip:a@x" },
		{ HEAD("1", "deleted") TAIL, CONFERENCE_OLD,
		    "in the conference: sip:a@x" },
		{ HEAD("3", "partial") "<users state='partial'>" USER("b",
		      "full", PHONE("b", "full", "alerting")) "</users>" TAIL,
		    CONFERENCE_NEWS, "in the conference: sip:a@x, sip:b@x" },
		{ HEAD("5", "partial") TAIL, CONFERENCE_GAP,
		    "in the conference: sip:a@x, sip:b@x" },
		/* 3.2, 3.3: within a user that is partial. */
		{ HEAD("4", "partial") "<users state='partial'>" USER("b",
		      "partial",
		      PHONE("b", "deleted", "")
			  PHONE("c", "full", "on-hold")) "</users>" TAIL,
		    CONFERENCE_NEWS, "in the conference: sip:a@x, sip:b@x" },
		/* 3.1.1: of one that is not known, what is gone is nothing. */
		{ HEAD("5", "partial") "<users state='partial'>" USER("d",
		      "partial",
		      PHONE("d", "deleted", "")
			  PHONE("e", "full", "connected")) "</users>" TAIL,
		    CONFERENCE_NEWS,
		    "in the conference: sip:a@x, sip:b@x, sip:d@x" },
		{ HEAD("6", "partial") "<users state='partial'>" USER("a",
		      "deleted", "") USER("z", "deleted", "") "</users>" TAIL,
		    CONFERENCE_NEWS, "in the conference: sip:b@x, sip:d@x" },
		/* A whole one may leave numbers out. */
		{ HEAD("9", "full") "<users>" USER(
		      "e", "full", "") "</users>" TAIL,
		    CONFERENCE_NEWS, "in the conference: sip:e@x" },
		{ HEAD("12", "deleted") "<users>" USER(
		      "f", "full", "") "</users>" TAIL,
		    CONFERENCE_OVER, "in the conference: sip:f@x" },
	};
	struct conference_view v = { 0 };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf out = BUF_INIT;
		enum conference_news news = CONFERENCE_OLD;

		CU_ASSERT_EQUAL(
		    conference_view_take(&v, str_of(rows[i].body), &news), 0);
		CU_ASSERT_EQUAL(news, rows[i].news);
		CU_ASSERT_EQUAL(conference_view_say(&v, &out), 0);
		if (rows[i].news != CONFERENCE_OVER)
			CU_ASSERT_STRING_EQUAL(
			    out.n > 0 ? buf_cstr(&out) : "", rows[i].known);
		buf_free(&out);
	}
	conference_view_free(&v);
}

/* Documents that only add: what is kept is bounded. */
static void
is_bounded(void)
{
	struct conference_view v = { 0 };
	enum conference_news news;
	unsigned n = 1;
	int err = conference_view_take(
	    &v, STR(HEAD("0", "full") "<users/>" TAIL), &news);

	while (err == 0 && n < 2 * CONFERENCE_ELEMENTS) {
		struct buf b = BUF_INIT;

		buf_printf(&b,
		    "<conference-info entity='sip:c@x' version='%u' "
		    "state='partial'><users state='partial'><user "
		    "entity='sip:u%u@x'/></users></conference-info>",
		    n, n);
		err = conference_view_take(&v, buf_view(&b), &news);
		buf_free(&b);
		n += err == 0;
	}
	CU_ASSERT_EQUAL(err, ERR_LIMIT);
	CU_ASSERT(n > CONFERENCE_ELEMENTS / 2);
	CU_ASSERT(n <= CONFERENCE_ELEMENTS);
	conference_view_free(&v);
}

/* What is written is read. */
static void
is_written(void)
{
	struct conference_info info = {
		.entity = STR("sip:a&b@x"),
		.version = 3,
		.state = CONFERENCE_FULL,
		.most = 5,
		.users = 1,
	};
	struct conference_endpoint e = { STR("sip:<1>"), "connected",
		"dialed-in" };
	struct conference_media m = { 1, STR("audio"), "recvonly" };
	LOCAL_BUF b = BUF_INIT, out = BUF_INIT;

	conference_info_begin(&b, &info);
	conference_info_user(&b, STR("sip:\"u@x"), false);
	conference_info_endpoint(&b, &e);
	conference_info_media(&b, &m);
	conference_info_endpoint_end(&b);
	conference_info_user_end(&b);
	conference_info_end(&b, &info);
	CU_ASSERT_EQUAL(conference_info_say(buf_view(&b), &out), 0);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&out),
	    "conference sip:a&b@x, version 3: sip:\"u@x connected (audio "
	    "recvonly)");
	buf_clear(&b);
	buf_clear(&out);
	info.state = CONFERENCE_DELETED;
	conference_info_begin(&b, &info);
	conference_info_end(&b, &info);
	CU_ASSERT_EQUAL(conference_info_say(buf_view(&b), &out), 0);
	CU_ASSERT_STRING_EQUAL(
	    buf_cstr(&out), "conference sip:a&b@x, version 3: it is over");
}

CHECK_MAIN("conference_info", { "says", says },
    { "is put together", is_put_together }, { "is bounded", is_bounded },
    { "is written", is_written })
