/* hours="25:00-26:00", subscribe="presense:bob" and their like were taken
 * without a word: now each attribute that can have nonsense refuses it in one
 * sentence, with file and line, what was found and what is expected. */
#include "agent/package.h"
#include "fixtures/check.h"
#include "role/rows.h"
#include "text/utf8.h"
#include "topology/topology.h"
#include "topology/topology_table.h"

#include <string.h>

/* Roles that need more than themselves. */
#define REGISTRAR ROLE_BIT(registrar)
#define NAT       ROLE_BIT(nat)

/* Any value is one: what people read, passwords, names that somebody invents,
 * and names of files, of which their readers say that there are none. */
static bool
is_free(const struct topology_attr_row *row)
{
	return row->type == TOPOLOGY_TYPE_FREE ||
	       row->type == TOPOLOGY_TYPE_FILE ||
	       row->type == TOPOLOGY_TYPE_FILES;
}

/* Reads a topology with NAME=VALUE in line 2; its sentence, or its remark, to
 * OUT. */
static int
read_with(
    const struct topology_attr_row *row, const char *value, struct buf *out)
{
	struct diag d = DIAG_INIT;
	struct topology *t;
	const struct role *role = role_rows;
	LOCAL_BUF text = BUF_INIT;
	int err;

	buf_puts(&text, "graph { subgraph { ");
	while (row->roles != 0 && (row->roles & role->is) == 0)
		role++;
	if (row->type == TOPOLOGY_TYPE_ROLES)
		buf_printf(&text, "\nx [role=\"%s\"] y }\nx -- y }", value);
	else if ((row->owners & TOPOLOGY_NODE) != 0)
		buf_printf(&text,
		    "\nx [role=\"%s%s\", %s=\"%s\"%s] y }\nx -- y }",
		    role->word, role->is == REGISTRAR ? " location" : "",
		    row->name, value,
		    role->is == NAT && row->type != TOPOLOGY_TYPE_FACES
			? ", faces=\"inside=10.0.0.1 outside=192.0.2.7\""
			: "");
	else if ((row->owners & TOPOLOGY_GRAPH) != 0)
		buf_printf(&text, "x -- y }\n%s=\"%s\"\n}", row->name, value);
	else
		buf_printf(
		    &text, "\nx -- y [%s=\"%s\"] }\n}", row->name, value);
	CU_ASSERT_EQUAL(text.err, 0);
	err = topology_read(&t, buf_view(&text), "t.gv", NULL, 0, &d);
	if (err != 0 || t->doubt != NULL)
		diag_write(err != 0 ? &d : t->doubt, out);
	topology_drop(t);
	return err;
}

static void
refused(const struct topology_attr_row *row, const char *value)
{
	LOCAL_BUF out = BUF_INIT;
	int err = read_with(row, value, &out);
	const char *said = buf_cstr(&out);

	if (err == 0 || strncmp(said, "t.gv:2: ", 8) != 0 ||
	    (strstr(said, "expected") == NULL &&
		strstr(said, "no such node") == NULL &&
		strstr(said, "no other node has the role") == NULL &&
		strstr(said, "separate roles with") == NULL) ||
	    strchr(said, '\n') != NULL || strstr(said, row->name) == NULL) {
		printf(
		    "  BAD  %s=\"%s\": %d %s\n", row->name, value, err, said);
		CU_FAIL("nonsense is not refused well");
	}
}

/* Nothing has that form, nor is it one of any words. */
static void
every_attribute(void)
{
	for (size_t i = 0; i < TOPOLOGY_NATTRS; i++)
		if (!is_free(&topology_attr_rows[i]))
			refused(&topology_attr_rows[i], "@non,sense@");
}

static bool
is_time(const struct topology_attr_row *row)
{
	return row->type == TOPOLOGY_TYPE_TIME ||
	       row->type == TOPOLOGY_TYPE_TIME_OR_NEVER;
}

/* A number that is meant as milliseconds gets a remark, whichever attribute it
 * belongs to; with its unit, as its default and as 0 it gets none. */
static void
times_without_unit(void)
{
	size_t n = 0;

	for (size_t i = 0; i < TOPOLOGY_NATTRS; i++) {
		const struct topology_attr_row *row = &topology_attr_rows[i];
		uint64_t least, greatest;
		LOCAL_BUF remark = BUF_INIT, none = BUF_INIT;
		LOCAL_BUF said = BUF_INIT, few = BUF_INIT;

		if (!is_time(row))
			continue;
		n++;
		topology_attr_range(row, &least, &greatest);
		buf_u64(&few, least);
		buf_printf(&said,
		    "%s=1000000 is 1000000 seconds; write milliseconds as "
		    "\"1000000ms\"",
		    row->name);
		if (read_with(row, "1000000", &remark) != 0 ||
		    strstr(buf_cstr(&remark), buf_cstr(&said)) == NULL ||
		    strncmp(buf_cstr(&remark), "t.gv:2: ", 8) != 0) {
			printf("  BAD  %s: %s\n", row->name, buf_cstr(&remark));
			CU_FAIL("a time without a unit is not remarked");
		}
		if (read_with(row, "1000000ms", &none) != 0 ||
		    read_with(row, buf_cstr(&few), &none) != 0 ||
		    read_with(row, row->dflt, &none) != 0 || none.n > 0) {
			printf("  BAD  %s: %s\n", row->name, buf_cstr(&none));
			CU_FAIL("a time that is meant is remarked");
		}
	}
	CU_ASSERT(n > 20);
}

/* A value below the row's least is refused by a sentence that has the least. */
static void
below_the_least(void)
{
	size_t n = 0;

	for (size_t i = 0; i < TOPOLOGY_NATTRS; i++) {
		const struct topology_attr_row *row = &topology_attr_rows[i];
		bool time = is_time(row);
		uint64_t least, greatest;
		LOCAL_BUF value = BUF_INIT, said = BUF_INIT, out = BUF_INIT;

		if (!time && row->type != TOPOLOGY_TYPE_INTEGER &&
		    row->type != TOPOLOGY_TYPE_FREQUENCY &&
		    row->type != TOPOLOGY_TYPE_MEMORY &&
		    row->type != TOPOLOGY_TYPE_FACTOR)
			continue;
		topology_attr_range(row, &least, &greatest);
		if (least == 0)
			continue;
		n++;
		if (row->type == TOPOLOGY_TYPE_FACTOR)
			buf_puts(&value, "0.01");
		else
			buf_printf(&value, "%llu%s",
			    (unsigned long long)least - 1,
			    time                                   ? "s"
			    : row->type == TOPOLOGY_TYPE_FREQUENCY ? "Hz"
								   : "");
		buf_printf(&said, time ? "at least %llus" : "from %llu to ",
		    (unsigned long long)least);
		if (read_with(row, buf_cstr(&value), &out) == 0 ||
		    (strstr(buf_cstr(&out), buf_cstr(&said)) == NULL &&
			row->type != TOPOLOGY_TYPE_FREQUENCY &&
			row->type != TOPOLOGY_TYPE_MEMORY &&
			row->type != TOPOLOGY_TYPE_FACTOR)) {
			printf("  BAD  %s=%s: %s\n", row->name,
			    buf_cstr(&value), buf_cstr(&out));
			CU_FAIL("a value below the least is taken");
		}
	}
	CU_ASSERT(n > 10);
}

/* A time whose text has a least has it in its row. */
static void
least_of_times(void)
{
	static const struct {
		enum topology_attr_id attr;
		const char *low, *good;
	} times[] = {
		{ TOPOLOGY_ATTR_min_se, "89999ms", "90" },
		{ TOPOLOGY_ATTR_ping, "0", "1s" },
	};

	for (size_t i = 0; i < COUNT_OF(times); i++) {
		const struct topology_attr_row *row =
		    &topology_attr_rows[times[i].attr];
		LOCAL_BUF out = BUF_INIT;

		refused(row, times[i].low);
		CU_ASSERT_EQUAL(read_with(row, times[i].good, &out), 0);
		CU_ASSERT_STRING_EQUAL(buf_cstr(&out), "");
	}
}

/* Nonsense that looks like sense, and sense. */
static const struct {
	enum topology_attr_id attr;
	const char *bad[6], *good[6];
} values[] = {
/* clang-format off */
#define A(name) TOPOLOGY_ATTR_##name
	{ A(hours), { "25:00-26:00", "08:00", "8-12", "08:00-12:60", "08:00-12:00,13:00-18:00", "09:00 - 17:00" },
	    { "08:00-12:00 13:00-18:00", "22:00-06:00", "00:00-24:00", "", " 08:00-09:00 " } },
	{ A(subscribe), { "presense:bob", "presence,reg", "refer", "presence:", "presence:@", "bob" },
	    { "presence:bob reg", "message-summary:sip:bob@vmail.example.com", "dialog" } },
	{ A(strip), { "Subject,User-Agent", "Subject:", "(Via)" }, { "Subject X-Own", "" } },
	{ A(allow), { "Subject;", "<Via>" }, { "Subject" } },
	{ A(rewrite), { "00", "=49", "00:+", "0=@x" }, { "00=+ 0=+49", "bob=eve", "9=" } },
	{ A(require), { "timer,path", "timer path", "<timer>" }, { "timer", "100rel" } },
	{ A(find_me), { "bob", "sip:", "sip:a@b.example,sip:c@d.example" }, { "sip:bob@10.0.2.1 sip:bob@10.0.2.2" } },
	{ A(identities), { "bob", "http://a.example/" }, { "sip:al@a.example tel:+15550001" } },
	{ A(privacy), { "idd", "id,critical", "yes" }, { "id", "id;critical", "header user" } },
	{ A(screen_in), { "a.example,b.example", "sip:", "@a.example" }, { "sip:al@a.example b.example bob", "tel:+1" } },
	{ A(screen_out), { "bob,carol" }, { "bob carol" } },
	{ A(admitted), { "bob,carol", "bob@" }, { "bob sip:carol@b.example" } },
	{ A(blocked), { "bob,carol" }, { "bob" } },
	{ A(gone), { "bob,carol" }, { "old x@b.example" } },
	{ A(mailboxes), { "bob,carol" }, { "bob@example.com carol" } },
	{ A(registers_for), { "sip:" }, { "sip:a@h.example sip:b@h.example" } },
	{ A(packages), { "foo bar", "foo,,bar", "a/b", "foo," }, { "foo, bar", "foo;x=1", "" } },
	{ A(instance), { "bob", "urn:", "urn:uuid:", "urn:a:<>" }, { "urn:x:1", "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6" } },
	{ A(phonebook), { "Bob", "Bob=1001", "=sip:b@a.example" }, { "Bob=sip:b@a.example; Carol=sip:c@a.example" } },
	{ A(settings), { "interval", "=60", "interval: 60" }, { "interval=60 password=pw", "plan=live@2,bye@12" } },
	{ A(staff), { "ann=", "=billing", "ann=a,,b", "ann,bob" }, { "ann=billing,sales bob" } },
	{ A(trust), { "a.example,b.example", "p;q", "proxy1", "站" }, { "x y", "y" } },
	{ A(networks), { "a.example,b.example" }, { "visited.example" } },
	{ A(srv), { "10", "10 x", "70000 1", "10 60 1" }, { "10 60" } },
	{ A(lies), { "a.example", "a.example=x", "a.example:192.0.2.1" }, { "a.example=192.0.2.66 b.example=2001:db8::1" } },
	{ A(digit_map), { "(qqqq)", "()", "([2-8xxx)", "8xxx,9xxx" }, { "(0xxx|[2-8]xxx)", "(8x.)", "(8xxx|9xxx|0S)" } },
	{ A(telephones), { "212-555", "A1=", "=8001", "8001,8002" }, { "2125550101 2125550109", "A1=8001 A2=8002" } },
	{ A(rooms), { "a@b", "a,b" }, { "lecture sales" } },
	{ A(routes), { "212", "212:", "x:switch1", "212=switch1", "212:x,", "+1:@x" }, { "212:x :x" } },
	{ A(country), { "0049", "+49", "de" }, { "1", "49", "852" } },
	{ A(refuses), { "2125550101", "2125550101:0", "2125550101:128" }, { "2125550101:17" } },
	{ A(start), { "tomorrow", "2026-13-01" }, { "2026-03-02T08:00:00+08:00", "random7", "self", "7" } },
	{ A(accounts), { "bob" }, { "bob:secret@a.example" } },
#undef A
	/* clang-format on */
};

static void
near_sense(void)
{
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		const struct topology_attr_row *row =
		    &topology_attr_rows[values[i].attr];

		for (size_t k = 0; k < 6 && values[i].bad[k] != NULL; k++)
			refused(row, values[i].bad[k]);
		for (size_t k = 0; k < 6 && values[i].good[k] != NULL; k++) {
			struct buf out = BUF_INIT;

			if (read_with(row, values[i].good[k], &out) != 0) {
				printf("  BAD  %s\n", buf_cstr(&out));
				CU_FAIL("sense is refused");
			}
			buf_free(&out);
		}
	}
}

/* A form that no case above has is a new one, and needs one. */
static void
all_forms_here(void)
{
	bool seen[TOPOLOGY_TYPE_FREE + 1] = { false };

	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		seen[topology_attr_rows[values[i].attr].type] = true;
	for (int t = TOPOLOGY_TYPE_HOURS; t < TOPOLOGY_TYPE_FREE; t++)
		CU_ASSERT(seen[t] || t == TOPOLOGY_TYPE_FILE ||
			  t == TOPOLOGY_TYPE_FILES);
}

static void
packages_suggested(void)
{
	LOCAL_BUF out = BUF_INIT;

	read_with(
	    &topology_attr_rows[TOPOLOGY_ATTR_subscribe], "presense:bob", &out);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&out),
	    "t.gv:2: node x: subscribe is “presense”, expected one of: "
	    "presence message-summary dialog reg conference; did you mean "
	    "“presence”?");
	/* The words are those that a SUBSCRIBE can ask for, all of them. */
	for (size_t i = 0; i < AGENT_PACKAGE_COUNT; i++)
		CU_ASSERT_EQUAL(str_has_word(STR(AGENT_PACKAGE_WORDS),
				    str_of(agent_packages[i].row->name)),
		    i != AGENT_PACKAGE_REFER);
}

CHECK_MAIN("nonsense_attributes_taken", { "every attribute", every_attribute },
    { "near sense", near_sense },
    { "times without a unit", times_without_unit },
    { "below the least", below_the_least },
    { "least of times", least_of_times },
    { "all forms are here", all_forms_here },
    { "packages suggested", packages_suggested })
