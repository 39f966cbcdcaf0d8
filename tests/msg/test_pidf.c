/* Presence documents: RFC 3863. */
#include "base/err.h"
#include "text/xml.h"
#include "fixtures/check.h"
#include "msg/bodies.h"

#include <string.h>

#define NS "urn:ietf:params:xml:ns:pidf"
#define HEAD                                                         \
	"<presence xmlns='" NS "' xmlns:x='urn:x' xmlns:p='" NS "' " \
	"entity='pres:a@b'>"

static void
says(void)
{
	static const struct {
		const char *text, *says; /* NULL: it is refused */
	} rows[] = {
		{ HEAD "</presence>", "pres:a@b publishes no state" },
		{ HEAD "<tuple id='1'><status><basic>open</basic></status>"
		       "</tuple></presence>",
		    "pres:a@b is open" },
		{ HEAD "<tuple id='1'><status><basic> closed </basic></status>"
		       "<note>at &lt;lunch&gt;</note></tuple></presence>",
		    "pres:a@b is closed: at <lunch>" },
		{ "<p:presence xmlns:p='" NS "' entity='pres:a@b'><p:tuple "
		  "id='1'><p:status><p:basic>open</p:basic></p:status>"
		  "</p:tuple><p:note>hi</p:note></p:presence>",
		    "pres:a@b is open: hi" },
		{ HEAD "<tuple id='1'><status><basic>closed</basic><x:y "
		       "xmlns:x='u'><basic>open</basic></x:y></status></tuple>"
		       "<x:z xmlns:x='u'/></presence>",
		    "pres:a@b is closed" },
		{ HEAD
		    "<p:tuple id='1'><status><p:basic>open</p:basic></status>"
		    "</p:tuple><x:note>hi</x:note></presence>",
		    "pres:a@b is open" },
		{ "<presence xmlns='urn:x' entity='pres:a@b'/>", NULL },
		{ "<!DOCTYPE presence [<!ENTITY n 'at'>]>" HEAD
		  "<note>&n; <![CDATA[<lunch>]]></note></presence>",
		    "pres:a@b publishes no state: at <lunch>" },
		{ HEAD "<y:z/></presence>", NULL },
		{ HEAD "<tuple id='1'><status/></tuple></presence>",
		    "pres:a@b publishes no state" },
		{ HEAD "<tuple><status/></tuple></presence>", NULL },
		{ HEAD "<tuple id='1'/></presence>", NULL },
		{ HEAD "<tuple id='1'><status/><status/></tuple></presence>",
		    NULL },
		{ HEAD "<tuple id='1'><status><basic>away</basic></status>"
		       "</tuple></presence>",
		    NULL },
		{ HEAD "<x:y p:mustUnderstand='true'/></presence>", NULL },
		{ HEAD "<x:y p:mustUnderstand = '1'/></presence>", NULL },
		{ HEAD "<x:y x:z='mustUnderstand=\"' "
		       "p:mustUnderstand='true'/></presence>",
		    NULL },
		{ HEAD "<x:y x:z='mustUnderstand=\"1\"'/></presence>",
		    "pres:a@b publishes no state" },
		{ HEAD "<note>&#1;</note></presence>", NULL },
		{ HEAD "<x:y p:mustUnderstand='0'/></presence>",
		    "pres:a@b publishes no state" },
		{ "<presence entity='pres:a@b'/>", NULL },
		{ "<presence xmlns='" NS "'/>", NULL },
		{ "<absence xmlns='" NS "' entity='pres:a@b'/>", NULL },
		{ HEAD, NULL },
		{ HEAD "<note>\x01</note></presence>", NULL },
		{ HEAD "<note>\xff</note></presence>", NULL },
		{ HEAD "</presence>x", NULL },
		{ "", NULL },
		{ "open", NULL },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf out = BUF_INIT;
		int err = pidf_say(str_of(rows[i].text), &out);

		CU_ASSERT_EQUAL(err, rows[i].says != NULL ? 0 : ERR_SYNTAX);
		if (rows[i].says != NULL &&
		    strcmp(buf_cstr(&out), rows[i].says) != 0) {
			printf("  %s\n", buf_cstr(&out));
			CU_FAIL("says something else");
		}
		buf_free(&out);
	}
}

/* What is written is read, whatever stands in it. */
static void
written(void)
{
	struct pidf_tuple t = { .said = true,
		.open = true,
		.contact = STR("sip:a@192.0.2.1"),
		.priority = STR("0.8"),
		.note = STR("a & b <c>"),
		.timestamp = STR("2020-01-01T00:00:00Z") };
	struct buf b = BUF_INIT, big = BUF_INIT;
	struct pidf p;

	pidf_write_begin(&b, STR("pres:\"<&>'@b"));
	pidf_write_tuple(&b, &t, STR("a'b\""));
	pidf_write_end(&b, STR("n"));
	CU_ASSERT_EQUAL(pidf_read(&p, buf_view(&b)), 0);
	CU_ASSERT_EQUAL(p.n, 1);
	CU_ASSERT(p.tuples[0].open);
	CU_ASSERT(str_is(p.tuples[0].id, "a'b\""));
	CU_ASSERT(str_is(p.entity, "pres:\"<&>'@b"));
	CU_ASSERT(str_is(p.tuples[0].contact, "sip:a@192.0.2.1"));
	CU_ASSERT(str_is(p.tuples[0].priority, "0.8"));
	CU_ASSERT(str_is(p.tuples[0].note, "a & b <c>"));
	CU_ASSERT(str_is(p.tuples[0].timestamp, "2020-01-01T00:00:00Z"));
	CU_ASSERT(str_is(p.note, "n"));
	pidf_free(&p);
	pidf_write_begin(&big, STR("pres:a@b"));
	for (size_t i = 0; i <= PIDF_TUPLES; i++)
		pidf_write_tuple(&big, &t, STR("t"));
	pidf_write_end(&big, STR_NULL);
	CU_ASSERT_EQUAL(pidf_read(&p, buf_view(&big)), ERR_LIMIT);
	/* Cut off anywhere it is none, and nothing is read beyond it. */
	for (size_t n = 0; n < b.n - 2; n++) {
		char *copy = malloc(n + 1);

		memcpy(copy, b.p, n);
		CU_ASSERT_EQUAL(
		    pidf_read(&p, (struct str){ copy, n }), ERR_SYNTAX);
		free(copy);
	}
	buf_free(&b);
	buf_free(&big);
}

CHECK_MAIN("pidf", { "says", says }, { "written", written }, )
