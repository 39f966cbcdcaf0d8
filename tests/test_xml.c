/* The reader of XML from the network: base/xml.h. */
#include "base/err.h"

#include "check.h"
#include "xml_check.h"

/* What a document is read as: "(a x) text )" and so on. */
static void
write_items(struct str document, struct buf *out)
{
	struct xml_item item;
	struct xml x;

	xml_begin(&x, document);
	for (;;) {
		if (xml_next(&x, &item) != 0) {
			buf_puts(out, "!");
			return;
		}
		switch (item.kind) {
		case XML_DONE:
			return;
		case XML_OPEN:
			buf_printf(out, "(%.*s", STR_ARG(item.name));
			break;
		case XML_CLOSE:
			buf_puts(out, ")");
			break;
		case XML_TEXT:
			buf_puts(out, "'");
			xml_add_text(item.text, out);
			buf_puts(out, "'");
			break;
		}
	}
}

static void
reads(void)
{
	static const struct {
		const char *document, *items;
	} rows[] = {
		{ "<a/>", "(a)" },
		{ "<?xml version=\"1.0\"?><a>b</a>", "(a'b')" },
		{ "\xef\xbb\xbf<a><b x='1' y=\"2\"/>t</a>\n", "(a(b)'t')''" },
		{ "<p:a xmlns:p='u'><p:b>x &amp; &#x4e2d;&#65;</p:b></p:a>",
		    "(a(b'x & \xe4\xb8\xad"
		    "A'))" },
		{ "<a><!-- <b> -->t</a >", "(a't')" },
		{ "<a", "!" },
		{ "", "!" },
		{ "text", "!" },
		{ "<a></b>", "(a!" },
		{ "<a><b></a>", "(a(b!" },
		{ "<a/><b/>", "(a)!" },
		{ "<a/>x", "(a)!" },
		{ "<a x=1/>", "!" },
		{ "<a x='1' x='2'/>", "!" },
		{ "<a x='1'y='2'/>", "!" },
		{ "<a x='<'/>", "!" },
		{ "<a x='&b;'/>", "!" },
		{ "<a>&b;</a>", "(a!" },
		{ "<a>&#0;</a>", "(a!" },
		{ "<a>&#xd800;</a>", "(a!" },
		{ "<a>&#27;</a>", "(a!" },
		{ "<a>&#xfffe;</a>", "(a!" },
		{ "<a x='&#1;'/>", "!" },
		{ "<a>&#99999999999;</a>", "(a!" },
		{ "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", "!" },
		{ "<a><![CDATA[x]]></a>", "(a!" },
		{ "<a><!-- ", "(a!" },
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
	struct xml_item item;
	struct str value;
	struct xml x;

	xml_begin(&x, STR("<a id = 'x&lt;' p:b=\"\" c='d'/>"));
	CU_ASSERT_EQUAL_FATAL(xml_next(&x, &item), 0);
	CU_ASSERT(xml_attr(&item, "id", &value));
	CU_ASSERT(str_is(value, "x&lt;"));
	CU_ASSERT(xml_attr(&item, "p:b", &value));
	CU_ASSERT_EQUAL(value.n, 0);
	CU_ASSERT(xml_attr(&item, "c", &value));
	CU_ASSERT(!xml_attr(&item, "e", &value));
	CU_ASSERT(!xml_attr(&item, "b", &value));
	CU_ASSERT(xml_attr_any(&item, "b", &value));
	CU_ASSERT(xml_attr_any(&item, "c", &value));
	CU_ASSERT(!xml_attr_any(&item, "p", &value));
}

static void
bounds(void)
{
	struct buf deep = BUF_INIT, long_list = BUF_INIT, out = BUF_INIT;

	for (int i = 0; i < XML_DEPTH; i++)
		buf_puts(&deep, "<a>");
	write_items(buf_view(&deep), &out);
	CU_ASSERT(out.n > 0);
	buf_puts(&deep, "<a/>");
	for (int i = 0; i < XML_DEPTH; i++)
		buf_puts(&deep, "</a>");
	CU_ASSERT(!xml_is_document(buf_view(&deep), "a"));
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
	buf_free(&deep);
	buf_free(&long_list);
	buf_free(&out);
}

CHECK_MAIN("xml", { "reads", reads }, { "attributes", attributes },
    { "bounds", bounds })
