/* The reader of XML from the network: text/xml.h. */
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"

#include "fixtures/check.h"
#include "xml_check.h"

/* What a document is read as: "(a'text')" and so on, "!" where it is none. */
static void
write_items(struct str document, struct buf *out)
{
	const struct xml_item *item;
	struct xml x;

	if (xml_read(&x, document) != 0) {
		buf_puts(out, "!");
		return;
	}
	while ((item = xml_next(&x))->kind != XML_DONE) {
		if (item->kind == XML_OPEN)
			buf_printf(out, "(%.*s", STR_ARG(item->name.local));
		else if (item->kind == XML_CLOSE)
			buf_puts(out, ")");
		else
			buf_printf(out, "'%.*s'", STR_ARG(item->text));
	}
	CU_ASSERT_EQUAL(x.depth, 0);
	xml_free(&x);
}

static void
reads(void)
{
	static const struct {
		const char *document, *items;
	} rows[] = {
		{ "<a/>", "(a)" },
		{ "<?xml version=\"1.0\"?><a>b</a>", "(a'b')" },
		{ "\xef\xbb\xbf<a><b x='1' y=\"2\"/>t</a>\n", "(a(b)'t')" },
		{ "<p:a xmlns:p='u'><p:b>x &amp; &#x4e2d;&#65;</p:b></p:a>",
		    "(a(b'x & \xe4\xb8\xad"
		    "A'))" },
		{ "<a><!-- <b> -->t</a >", "(a't')" },
		{ "<a", "!" },
		{ "", "!" },
		{ "text", "!" },
		{ "<a></b>", "!" },
		{ "<a><b></a>", "!" },
		{ "<a/><b/>", "!" },
		{ "<a/>x", "!" },
		{ "<a x=1/>", "!" },
		{ "<a x='1' x='2'/>", "!" },
		{ "<a x='1'y='2'/>", "!" },
		{ "<a x='<'/>", "!" },
		{ "<a x='&b;'/>", "!" },
		{ "<a>&b;</a>", "!" },
		{ "<a>&#0;</a>", "!" },
		{ "<a>&#xd800;</a>", "!" },
		{ "<a>&#27;</a>", "!" },
		{ "<a>&#xfffe;</a>", "!" },
		{ "<a x='&#1;'/>", "!" },
		{ "<a>&#99999999999;</a>", "!" },
		{ "<a><![CDATA[x <y> &z;]]>t</a>", "(a'x <y> &z;t')" },
		{ "<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe9</a>",
		    "(a'\xc3\xa9')" },
		{ "<a>\xe9</a>", "!" },
		{ "<a>\x01</a>", "!" },
		{ "<p:a/>", "!" }, /* a prefix that stands for nothing */
		/* Types: entities are text, and nothing is fetched. */
		{ "<!DOCTYPE a SYSTEM 'a.dtd'><a/>", "(a)" },
		{ "<!DOCTYPE a [<!ENTITY b 'c'>]><a x='&b;'>&b;&b;</a>",
		    "(a'cc')" },
		{ "<!DOCTYPE a SYSTEM 'a.dtd'><a x='&b;'>&b;c</a>", "(a'c')" },
		{ "<!DOCTYPE a [<!ENTITY b '<c/>'>]><a/>", "!" },
		{ "<!DOCTYPE a [<!ENTITY b 'c'><!ENTITY d '&b;&b;'>]><a/>",
		    "!" },
		{ "<!DOCTYPE a [<!ENTITY b 'c'><!ENTITY d '&#38;b;'>]><a/>",
		    "!" },
		{ "<!DOCTYPE a [<!ENTITY b SYSTEM '/etc/passwd'>]><a>&b;</a>",
		    "!" },
		{ "<!DOCTYPE a [<!ENTITY % b SYSTEM '/etc/passwd'> %b;]><a/>",
		    "(a)" },
		{ "<a><!-- ", "!" },
		{ "<?xml ", "!" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf out = BUF_INIT;

		write_items(str_of(rows[i].document), &out);
		if (!str_is(buf_view(&out), rows[i].items)) {
			printf("  %s: %s\n", rows[i].document, buf_cstr(&out));
			CU_FAIL("read otherwise");
		}
		buf_free(&out);
	}
}

static void
attributes(void)
{
	const struct xml_item *item;
	struct str value;
	struct xml x;

	CU_ASSERT_EQUAL_FATAL(
	    xml_read(
		&x, STR("<q:a xmlns:p='urn:p' xmlns:q='urn:q' id = 'x&lt;' "
			"p:b=\"\" c='d'><e xmlns='urn:p'/></q:a>")),
	    0);
	item = xml_next(&x);
	CU_ASSERT(str_is(item->name.local, "a"));
	CU_ASSERT(str_is(item->name.space, "urn:q"));
	CU_ASSERT(xml_is_within(&x, 0, "a"));
	CU_ASSERT(xml_attr(item, "id", &value));
	CU_ASSERT(str_is(value, "x<"));
	CU_ASSERT(xml_attr(item, "c", &value));
	CU_ASSERT(!xml_attr(item, "e", &value));
	CU_ASSERT(!xml_attr(item, "b", &value));
	CU_ASSERT(xml_attr_any(item, "b", &value));
	CU_ASSERT_EQUAL(value.n, 0);
	CU_ASSERT(xml_attr_any(item, "c", &value));
	CU_ASSERT(!xml_attr_any(item, "p", &value));
	item = xml_next(&x);
	CU_ASSERT(str_is(item->name.local, "e"));
	CU_ASSERT(str_is(item->name.space, "urn:p"));
	CU_ASSERT(xml_is_within(&x, 1, "e") && !xml_is_within(&x, 1, "a"));
	CU_ASSERT_EQUAL(xml_next(&x)->kind, XML_CLOSE);
	CU_ASSERT_EQUAL(xml_next(&x)->kind, XML_CLOSE);
	for (int i = 0; i < 2; i++)
		CU_ASSERT_EQUAL(xml_next(&x)->kind, XML_DONE);
	xml_free(&x);
}

static void
bounds(void)
{
	LOCAL_BUF deep = BUF_INIT, long_list = BUF_INIT;

	for (int depth = XML_DEPTH; depth <= XML_DEPTH + 1; depth++) {
		buf_clear(&deep);
		for (int i = 0; i < depth; i++)
			buf_puts(&deep, "<a>");
		for (int i = 0; i < depth; i++)
			buf_puts(&deep, "</a>");
		CU_ASSERT_EQUAL(
		    xml_is_document(buf_view(&deep), "a"), depth == XML_DEPTH);
	}
	buf_puts(&long_list, "<a");
	for (int i = 0; i < XML_ATTRS; i++)
		buf_printf(&long_list, " x%d='%d'", i, i);
	buf_puts(&long_list, "/>");
	CU_ASSERT(xml_is_document(buf_view(&long_list), "a"));
	CU_ASSERT(!xml_is_document(buf_view(&long_list), "b"));
	long_list.n -= 2;
	buf_puts(&long_list, " y='1'/>");
	CU_ASSERT(!xml_is_document(buf_view(&long_list), "a"));
	/* Every beginning of a document is none. */
	for (size_t n = 0; n < long_list.n; n++)
		CU_ASSERT(
		    !xml_is_document((struct str){ long_list.p, n }, "a"));
}

/* Short documents that would become long: N times what is written by MORE. */
static bool
grows(const char *type, const char *more, int n)
{
	LOCAL_BUF b = BUF_INIT;
	bool read;

	buf_printf(&b, "<!DOCTYPE a [%s]><a>", type);
	for (int i = 0; i < n; i++)
		buf_puts(&b, more);
	buf_puts(&b, "</a>");
	read = xml_is_document(buf_view(&b), "a");
	return read;
}

static void
grow(void)
{
	LOCAL_BUF type = BUF_INIT;

	/* A text of 1,000 bytes, as entity, as attribute that nobody wrote. */
	buf_puts(&type, "<!ENTITY b '");
	for (int i = 0; i < 1000; i++)
		buf_putc(&type, 'x');
	buf_puts(&type, "'>");
	CU_ASSERT(grows(buf_cstr(&type), "&b;", 60));
	CU_ASSERT(!grows(buf_cstr(&type), "&b;", 80));
	CU_ASSERT(grows(buf_cstr(&type), "<c x='&b;'/>", 60));
	CU_ASSERT(!grows(buf_cstr(&type), "<c x='&b;'/>", 80));
	buf_clear(&type);
	buf_puts(&type, "<!ATTLIST c y CDATA '");
	for (int i = 0; i < 1000; i++)
		buf_putc(&type, 'x');
	buf_puts(&type, "'>");
	CU_ASSERT(grows(buf_cstr(&type), "<c/>", 60));
	CU_ASSERT(!grows(buf_cstr(&type), "<c/>", 80));
	buf_clear(&type);
	for (int i = 0; i <= XML_ENTITIES; i++) {
		CU_ASSERT(grows(buf_cstr(&type), "", 1));
		buf_printf(&type, "<!ENTITY b%d 'c'>", i);
	}
	CU_ASSERT(!grows(buf_cstr(&type), "", 1));
	/* What is long by itself is no matter. */
	CU_ASSERT(grows("", "<c xmlns='urn:c'>text</c>", 20000));
}

/* Each allocation may fail, expat's too: then that is said. */
static void
no_memory(void)
{
	struct str document =
	    STR("<!DOCTYPE a [<!ENTITY b 'c'>]>"
		"<a x='1' xmlns:p='urn:p'><p:b>text &b;</p:b></a>");
	unsigned long n = 0;
	struct xml x;
	int err;

	do {
		mem_fail_only(++n);
		err = xml_read(&x, document);
		mem_fail_only(0);
		CU_ASSERT(err == 0 || err == ERR_NOMEM);
		if (err == 0)
			xml_free(&x);
	} while (err != 0 && n < 1000);
	CU_ASSERT(n > 10 && n < 1000);
}

/* Others write types and CDATA. */
static void
scenarios(void)
{
	static const char *const names[] = { "3pcc-A", "3pcc-B", "3pcc-C-A",
		"3pcc-C-B", "branchc", "branchs", "ooc_default", "ooc_dummy",
		"regexp", "uac", "uac_pcap", "uas" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct buf path = BUF_INIT, text = BUF_INIT;

		buf_printf(
		    &path, "%s/sipp/sipp-%s.xml", check_data(), names[i]);
		if (buf_read_file(&text, buf_cstr(&path), 1 << 20) != 0)
			check_skip("there are no scenarios");
		else
			CU_ASSERT(xml_is_document(buf_view(&text), "scenario"));
		buf_free(&path);
		buf_free(&text);
	}
}

CHECK_MAIN("xml", { "reads", reads }, { "attributes", attributes },
    { "bounds", bounds }, { "grow", grow }, { "no memory", no_memory },
    { "scenarios", scenarios })
