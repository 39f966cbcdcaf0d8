/*
 * What a location service knows besides registrations: names that lead nowhere,
 * bindings that an administrator makes, phones that were there before the run.
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

/* 10.1: bindings without a REGISTER. */
static void
by_hand(void)
{
	start("");
	stage_node(&s, "bob", "ua", "b.example", 3, "");
	CU_ASSERT_EQUAL(query("sip:bob@b.example"), LOCATION_UNKNOWN);
	/* For ever; a name alone is of the own domain. */
	CU_ASSERT_EQUAL(bind_to("carol", "sip:carol@h", NULL, NULL), 0);
	CU_ASSERT_EQUAL(query("sip:carol@b.example"), LOCATION_OK);
	CU_ASSERT(has(0, "sip:carol@h", LOCATION_FOREVER_S));
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("binding"), "\"op\":\"add\"", "carol"), 1);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("binding"), "\"expires\"", NULL), 0);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("binding"), RULE("location-bind"), NULL), 1);
	/* With all that a Contact has; a phone stands for itself. */
	CU_ASSERT_EQUAL(bind_to("bob", "bob", "expires", "60s"), 0);
	CU_ASSERT_EQUAL(bind_to("bob", "mailto:bob@m.example", "q", "0.25"), 0);
	CU_ASSERT_EQUAL(
	    bind_to("bob@b.example", "sip:b@h", "path", "<sip:p;lr>"), 0);
	CU_ASSERT_EQUAL(query("sip:bob@b.example"), LOCATION_OK);
	CU_ASSERT(has(0, "sip:bob@192.0.2.3:5060", 60));
	CU_ASSERT(has(1, "mailto:bob@m.example", LOCATION_FOREVER_S));
	CU_ASSERT_EQUAL(found.list[1].q, 250);
	CU_ASSERT(found.list[0].path == NULL);
	CU_ASSERT_STRING_EQUAL(found.list[2].path, "<sip:p;lr>");
	/* Again: changed, not added. */
	CU_ASSERT_EQUAL(
	    bind_to("sip:bob@b.example", "sip:%62@H", "expires", "5s"), 0);
	CU_ASSERT_EQUAL(query("sip:bob@b.example"), LOCATION_OK);
	CU_ASSERT_EQUAL(found.n, 3);
	CU_ASSERT(has(2, "sip:b@h", 5));
	CU_ASSERT(found.list[2].path == NULL);
	/* Time takes those that have an end. */
	stage_run(&s, 61000);
	CU_ASSERT_EQUAL(query("sip:bob@b.example"), LOCATION_OK);
	CU_ASSERT_EQUAL(found.n, 1);
	stop();
}

static void
taken_away(void)
{
	start("");
	bind_to("bob", "sip:b@h1", NULL, NULL);
	bind_to("bob", "sip:b@h2", NULL, NULL);
	bind_to("bob", "sip:b@h3", NULL, NULL);
	CU_ASSERT_EQUAL(stage_do(&s, "loc", "unbind", NULL, "aor", "bob",
			    "contact", "sip:b@h2", NULL),
	    0);
	CU_ASSERT(s.result.value);
	CU_ASSERT_EQUAL(query("sip:bob@b.example"), LOCATION_OK);
	CU_ASSERT_EQUAL(found.n, 2);
	CU_ASSERT_EQUAL(stage_do(&s, "loc", "unbind", NULL, "aor", "bob",
			    "contact", "sip:b@h2", NULL),
	    ERR_NOTFOUND);
	CU_ASSERT_EQUAL(
	    stage_do(&s, "loc", "unbind", NULL, "aor", "bob", NULL), 0);
	CU_ASSERT_EQUAL(query("sip:bob@b.example"), LOCATION_OK);
	CU_ASSERT_EQUAL(found.n, 0);
	CU_ASSERT_EQUAL(stage_do(&s, "loc", "unbind", NULL, "aor", "x", NULL),
	    ERR_NOTFOUND);
	CU_ASSERT_EQUAL(stage_count(&s, KIND("binding"), "\"op\":\"remove\"",
			    RULE("location-bind")),
	    3);
	stop();
}

/* What a script may write wrong: a sentence, and nothing is bound. */
static void
mistakes(void)
{
	static const struct {
		const char *aor, *contact, *key, *value, *says;
	} rows[] = {
		{ "", "sip:b@h", NULL, NULL, "no address-of-record" },
		{ "a b", "sip:b@h", NULL, NULL, "“a b” is no address" },
		{ "tel:1", "sip:b@h", NULL, NULL, "no address-of-record" },
		{ "bob", "", NULL, NULL, "no Contact" },
		{ "bob", "*", NULL, NULL, "no Contact" },
		{ "bob", "h", NULL, NULL, "no Contact" },
		{ "bob", "sip:b@h>;q=1,<sip:c", NULL, NULL, "no Contact" },
		{ "bob", "sip:b@h", "q", "2", "no q" },
		{ "bob", "sip:b@h", "q", "x", "no q" },
		{ "bob", "sip:b@h", "expires", "0", "no time" },
		{ "bob", "sip:b@h", "expires", "-1s", "no time" },
		{ "bob", "sip:b@h", "expires", "9999999h", "no time" },
		{ "bob", "sip:b@h", "path", "sip:p", "no path" },
		{ "bob", "sip:b@h", "path", "<sip:p>\r\nX: y", "no path" },
	};

	start("");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int err = bind_to(
		    rows[i].aor, rows[i].contact, rows[i].key, rows[i].value);
		bool said = strstr(s.d.text, rows[i].says) != NULL;

		if (err != ERR_SYNTAX || !said)
			printf("  row %zu: %d %s\n", i, err, s.d.text);
		CU_ASSERT(err == ERR_SYNTAX && said);
	}
	CU_ASSERT_EQUAL(stage_do(&s, "loc", "bind", NULL, NULL), ERR_SYNTAX);
	CU_ASSERT_EQUAL(stage_count(&s, KIND("binding"), NULL, NULL), 0);
	for (int k = 0; k < LOCATION_CONTACTS; k++) {
		char uri[20];

		snprintf(uri, sizeof(uri), "sip:%d@h", k);
		CU_ASSERT_EQUAL(bind_to("bob", uri, NULL, NULL), 0);
	}
	CU_ASSERT_EQUAL(bind_to("bob", "sip:more@h", NULL, NULL), ERR_LIMIT);
	CU_ASSERT(strstr(s.d.text, "sip:bob@b.example has as many") != NULL);
	stop();
}

/* 21.4.10, 21.4.22 */
static void
gone_or_short(void)
{
	start("number_length=4");
	node_set_attr(world_find(s.w, "loc"), "gone",
	    " old  Old@c.example < sip:ol%64er@B.example");
	CU_ASSERT_EQUAL(query("sip:old@b.example"), LOCATION_GONE);
	CU_ASSERT_EQUAL(query("sip:Old@c.example"), LOCATION_GONE);
	CU_ASSERT_EQUAL(query("sip:older@b.example"), LOCATION_GONE);
	CU_ASSERT_EQUAL(query("sip:Old@b.example"), LOCATION_UNKNOWN);
	CU_ASSERT_EQUAL(query("sip:old@c.example"), LOCATION_UNKNOWN);
	/* With a forwarding address nobody is gone (21.4.10). */
	CU_ASSERT_EQUAL(bind_to("old", "sip:o@h", "expires", "5s"), 0);
	CU_ASSERT_EQUAL(query("sip:old@b.example"), LOCATION_OK);
	stage_run(&s, 6000);
	CU_ASSERT_EQUAL(query("sip:old@b.example"), LOCATION_GONE);
	CU_ASSERT_EQUAL(query("sip:123@b.example"), LOCATION_INCOMPLETE);
	CU_ASSERT_EQUAL(query("sip:+123@b.example"), LOCATION_INCOMPLETE);
	CU_ASSERT_EQUAL(query("sip:1234@b.example"), LOCATION_UNKNOWN);
	CU_ASSERT_EQUAL(query("sip:12a@b.example"), LOCATION_UNKNOWN);
	CU_ASSERT_EQUAL(query("sip:b.example"), LOCATION_UNKNOWN);
	bind_to("12", "sip:o@h", NULL, NULL);
	CU_ASSERT_EQUAL(query("sip:12@b.example"), LOCATION_OK);
	CU_ASSERT_EQUAL(found.n, 1);
	stop();
}

/* 21.4.23 and its example. */
static void
ambiguous(void)
{
	static const char *const users[] = { "carol.lee", "p.lee", "lee.foote",
		"lee.lee", "bob.sleeper", "only.one", "lee.x@c.example",
		"a.b.c.d.e.f.g.h.too-far", "too-far.b" };

	start("ambiguous=true");
	for (size_t i = 0; i < sizeof(users) / sizeof(users[0]); i++)
		CU_ASSERT_EQUAL(bind_to(users[i], "sip:x@h", NULL, NULL), 0);
	CU_ASSERT_EQUAL(query("sip:lee@b.example"), LOCATION_AMBIGUOUS);
	CU_ASSERT_EQUAL(found.n, 4);
	CU_ASSERT(has(0, "sip:carol.lee@b.example", 0));
	CU_ASSERT(has(1, "sip:p.lee@b.example", 0));
	CU_ASSERT(has(2, "sip:lee.foote@b.example", 0));
	CU_ASSERT(has(3, "sip:lee.lee@b.example", 0));
	/* One alone is no choice; of other domains nobody is meant. */
	CU_ASSERT_EQUAL(query("sip:only@b.example"), LOCATION_UNKNOWN);
	CU_ASSERT_EQUAL(query("sip:lee@c.example"), LOCATION_UNKNOWN);
	CU_ASSERT_EQUAL(query("sip:too-far@b.example"), LOCATION_UNKNOWN);
	CU_ASSERT_EQUAL(query("sip:@b.example"), LOCATION_UNKNOWN);
	node_set_attr(world_find(s.w, "loc"), "ambiguous", "false");
	CU_ASSERT_EQUAL(query("sip:lee@b.example"), LOCATION_UNKNOWN);
	node_set_attr(world_find(s.w, "loc"), "ambiguous", "true");
	/* Who has that very name is meant, also without a binding. */
	bind_to("lee", "sip:x@h", "expires", "1s");
	stage_run(&s, 2000);
	CU_ASSERT_EQUAL(query("sip:lee@b.example"), LOCATION_OK);
	CU_ASSERT_EQUAL(found.n, 0);
	stop();
}

/* No more are told than a list can hold. */
static void
too_ambiguous(void)
{
	start("ambiguous=true");
	for (int i = 0; i < 3 * LOCATION_CONTACTS; i++) {
		char user[20];

		snprintf(user, sizeof(user), "u%d.lee", i);
		bind_to(user, "sip:x@h", NULL, NULL);
	}
	CU_ASSERT_EQUAL(query("sip:lee@b.example"), LOCATION_AMBIGUOUS);
	CU_ASSERT_EQUAL(found.n, LOCATION_CONTACTS);
	stop();
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
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("binding"), RULE("location-warm"), NULL), 2);
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
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("binding"), "\"op\":\"expire\"", "Bob"), 1);
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

CHECK_MAIN("location_names", { "by hand", by_hand },
    { "taken away", taken_away }, { "mistakes", mistakes },
    { "gone or short", gone_or_short }, { "ambiguous", ambiguous },
    { "too ambiguous", too_ambiguous }, { "warm", warm },
    { "no memory", no_memory }, )
