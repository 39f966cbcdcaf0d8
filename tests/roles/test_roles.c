/* Every role has all that is asked of a role: its row (role/rows.h), what
 * plays it, attributes, a page, and a place in every view. */
#include "inspect/inspect.h"
#include "roles/roles.h"
#include "topology/topology_table.h"
#include "pictures/network/network_dot.h"

#include "fixtures/check.h"
#include "fixtures/inspect_check.h"
#include "fixtures/sample_trace.h"
#include "role/rows.h"

/* What OK is not, of ROLE. */
static void
expect(bool ok, const struct role *role, const char *what)
{
	CU_ASSERT_TRUE(ok);
	if (!ok)
		printf("  %s: %s\n", role->word, what);
}

static bool
is_text(const char *text)
{
	return text != NULL && text[0] != '\0';
}

static void
every_row_is_full(void)
{
	for (size_t i = 0; i < ROLE_COUNT; i++) {
		const struct role *r = &role_rows[i];

		expect(role_find(str_of(r->word)) == r, r, "is found");
		expect(role_is(str_of(r->word)) == r->is, r, "is what it is");
		expect(r->is == UINT64_C(1) << i, r, "has its own bit");
		expect(is_text(r->name) && is_text(r->brief), r, "is called");
		expect(is_text(r->sentence), r, "is something");
		expect(is_text(r->tag) && strlen(r->tag) <= 10, r, "has a tag");
	}
	CU_ASSERT_EQUAL(role_is(STR("proxy nothing registrar")),
	    role_rows[ROLE_proxy].is | role_rows[ROLE_registrar].is);
	CU_ASSERT_PTR_NULL(role_find(STR("prox")));
	CU_ASSERT_PTR_NULL(role_find(STR("proxys")));
}

/* What plays R, or NULL. */
static const struct node_role *
find_player(const struct role *r)
{
	size_t i = 0;

	while (
	    node_roles[i] != NULL && strcmp(node_roles[i]->word, r->word) != 0)
		i++;
	return node_roles[i];
}

static void
every_role_is_played(void)
{
	for (size_t i = 0; i < ROLE_COUNT; i++) {
		const struct role *r = &role_rows[i];
		const struct node_role *plays = find_player(r);

		expect(plays != NULL, r, "is played");
		if (plays == NULL)
			continue;
		/* Of a firmware nobody knows what it answers. */
		expect(
		    (plays->allow == NULL) == (r->class == ROLE_CLASS_NONE ||
						  (r->is & ROLE_FIRMWARE) != 0),
		    r, "takes part in SIP as its class says");
	}
}

/* What role.h lists at TRAIT_SERVER is what topologies give all servers. */
static void
server_attributes_are_listed(void)
{
	struct buf header = BUF_INIT, want = BUF_INIT, listed = BUF_INIT;
	const char *between = "the attributes of servers: ";
	struct str text;
	ptrdiff_t at;

	CU_ASSERT_EQUAL_FATAL(
	    buf_read_file(&header, "src/record/role/role.h", 1 << 20), 0);
	at = str_find(buf_view(&header), between);
	CU_ASSERT_FATAL(at >= 0);
	text = str_slice(buf_view(&header), (size_t)at, header.n);
	text = str_slice(text, 0, (size_t)str_find(text, " */"));
	/* On one line. */
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] > ' ' ||
		    (listed.n > 0 && listed.p[listed.n - 1] != ' '))
			buf_putc(&listed, text.p[i] > ' ' ? text.p[i] : ' ');
	for (size_t i = 0; i < TOPOLOGY_NATTRS; i++) {
		uint64_t roles = topology_attr_rows[i].roles;

		if (roles == ROLE_ANY || (roles & ROLE_SERVER) != ROLE_SERVER)
			continue;
		buf_printf(&want, "%s%s", between, topology_attr_rows[i].name);
		between = ", ";
	}
	CU_ASSERT_STRING_EQUAL(buf_cstr(&listed), buf_cstr(&want));
	buf_free(&header);
	buf_free(&want);
	buf_free(&listed);
}

/* An attribute of NODE's goes with R, or with all that is like it. */
static bool
has_attribute(const struct role *r)
{
	for (size_t i = 0; i < TOPOLOGY_NATTRS; i++)
		if ((topology_attr_rows[i].roles & r->is) != 0)
			return true;
	return false;
}

static void
every_role_has_attributes(void)
{
	for (size_t i = 0; i < ROLE_COUNT; i++)
		expect(has_attribute(&role_rows[i]), &role_rows[i],
		    "has an attribute");
}

/* A trace of a node with the role R; the caller frees. */
static struct trace *
trace_of(const struct role *r)
{
	struct sample s;
	struct trace *t;

	sample_begin(&s, "roles");
	sample_node(&s, "bob", r->word, "example.com", "");
	sample_rec(&s, "act", "bob", 0, NULL, ",'by':'person'");
	t = sample_end(&s);
	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	return t;
}

/* The inspector takes it for what its class says. */
static void
every_role_is_inspected(void)
{
	for (size_t i = 0; i < ROLE_COUNT; i++) {
		const struct role *r = &role_rows[i];
		struct trace *t = trace_of(r);
		struct inspect *in = inspect_trace(t, "roles");
		const struct inspect_report *report = inspect_report(in);

		if (r->class == ROLE_CLASS_NONE)
			expect(report->nnodes == 0, r, "is no SIP element");
		else
			expect(report->nnodes == 1 &&
				   report->nodes[0].roles == 1u << r->class,
			    r, "is judged by its class");
		inspect_destroy(in);
		trace_destroy(t);
	}
}

CHECK_MAIN("roles", { "every_row_is_full", every_row_is_full },
    { "every_role_is_played", every_role_is_played },
    { "server_attributes_are_listed", server_attributes_are_listed },
    { "every_role_has_attributes", every_role_has_attributes },
    { "every_role_is_inspected", every_role_is_inspected })
