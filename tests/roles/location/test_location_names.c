/*
 * A location service that knows phones which were there before the run, and one
 * without memory.  Names and bindings by hand: location_names.case.
 */
#include "fixtures/stage.h"

static struct stage s;
static struct location *l;
static struct location_contacts found;

/* The service is `loc`, of b.example. */
static void
start(const char *attrs)
{
	stage_open(&s);
	stage_node(&s, "loc", "location", "b.example", 5, attrs);
	l = node_role_state(world_find(s.w, "loc"), "location");
}

static void
stop(void)
{
	location_contacts_free(&found);
	CU_ASSERT_EQUAL(sim_held(s.w->sim), 0);
	stage_close(&s);
}

static enum location_status
query(const char *aor)
{
	location_contacts_free(&found);
	return location_do_query(l, str_of(aor), &found);
}

/* With OBJECT NULL; the verb's error. */
static int
bind_to(
    const char *aor, const char *contact, const char *key, const char *value)
{
	return stage_do(&s, "loc", "bind", NULL, "aor", aor, "contact", contact,
	    key, value, NULL);
}

/* The I-th contact found is URI, with so many seconds left. */
static bool
has(size_t i, const char *uri, int64_t expires_s)
{
	return i < found.n && strcmp(found.list[i].uri, uri) == 0 &&
	       found.list[i].expires_s == expires_s;
}

/* Phones that were registered before the run. */
static void
warm(void)
{
	struct location_update u = { 0 };
	const struct node *bob;

	start("");
	stage_node(&s, "p", "proxy", "b.example", 2, "path=true");
	bob = stage_node(&s, "bob", "ua", "b.example", 3,
	    "q=0.5 expires=90s outbound=p aor=sip:B%6fb@B.example");
	stage_node(&s, "tel", "ua", "b.example", 4, "contact=sip:x@h?Route=y");
	CU_ASSERT_EQUAL(location_warm(l, bob), 0);
	CU_ASSERT_EQUAL(location_warm(l, world_find(s.w, "tel")), 0);
	CU_ASSERT_EQUAL(query("sip:Bob@b.example"), LOCATION_OK);
	CU_ASSERT(has(0, "sip:B%6fb@192.0.2.3:5060", 90));
	CU_ASSERT_EQUAL(found.list[0].q, 500);
	CU_ASSERT_STRING_EQUAL(found.list[0].path, "<sip:192.0.2.2:5060;lr>");
	STAGE_HAS(&s, 2, KIND("binding"), RULE("location-warm"), NULL);
	/* Any REGISTER may refresh it, whatever its CSeq. */
	u.aor = STR("sip:Bob@b.example");
	u.call_id = STR("x");
	location_contacts_free(&found);
	CU_ASSERT_EQUAL(location_contacts_add(&u.contacts,
			    STR("sip:Bob@192.0.2.3:5060"), 500, 1000),
	    0);
	CU_ASSERT_EQUAL(location_do_store(l, &u, &found), LOCATION_OK);
	CU_ASSERT_EQUAL(found.n, 1);
	CU_ASSERT_EQUAL(found.list[0].expires_s, 500);
	location_contacts_free(&found);
	/* And from then on it is that REGISTER's. */
	CU_ASSERT_EQUAL(location_do_store(l, &u, &found), LOCATION_ORDER);
	location_contacts_free(&u.contacts);
	stage_run(&s, 501000);
	STAGE_HAS(&s, 1, KIND("binding"), "\"op\":\"expire\"", "Bob");
	stop();
}

/* ---- memory ---- */

static int
act(void)
{
	struct node *n;
	int err = stage_try(&s);

	if (err == 0)
		n = stage_add(&s, "loc", "location", "b.example", 5,
		    "ambiguous=true gone=x number_length=3");
	if (err == 0)
		err = n == NULL ? ERR_NOMEM : node_start(n);
	if (err == 0 && stage_add(&s, "bob", "ua", "b.example", 3, "") == NULL)
		err = ERR_NOMEM;
	if (err != 0)
		return err;
	l = node_role_state(n, "location");
	err = location_warm(l, world_find(s.w, "bob"));
	for (int i = 0; err == 0 && i < 3; i++)
		err = bind_to(i == 0   ? "a.lee"
			      : i == 1 ? "b.lee"
				       : "bob",
		    "sip:x@h", "path", "<sip:p;lr>");
	for (int i = 0; i < 4; i++)
		query(i == 0   ? "sip:lee@b.example"
		      : i == 1 ? "sip:bob@b.example"
		      : i == 2 ? "sip:1@b.example"
			       : "sip:y@b.example");
	location_contacts_free(&found);
	if (err == 0)
		err = stage_do(&s, "loc", "unbind", NULL, "aor", "bob",
		    "contact", "sip:x@h", NULL);
	return sim_error(s.w->sim)->err != 0 ? sim_error(s.w->sim)->err : err;
}

/* The N-th allocation and all after it fail: an error, no crash, no leak. */
static void
no_memory(void)
{
	unsigned long n = 1;
	int err = ERR_NOMEM;

	for (; err == ERR_NOMEM && n < 5000; n++) {
		mem_fail_from(n);
		err = act();
		mem_fail_from(0);
		stage_close(&s);
	}
	CU_ASSERT_EQUAL(err, 0);
	CU_ASSERT(n > 100);
}

CHECK_MAIN("location_names", { "warm", warm }, { "no memory", no_memory }, )
