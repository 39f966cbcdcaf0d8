/* Phones that were registered before the run begins (runs/run_in.h). */
#include "fixtures/stage.h"

#include "node/node_auth.h"
#include "roles/ua/ua.h"
#include "runs/run_in.h"

static struct stage s;

static void
stop(void)
{
	STAGE_STOP(&s, 40000);
}

/* Whether the service at NODE has CONTACT for the address-of-record. */
static bool
is_bound(const char *node, const char *aor, const char *contact)
{
	struct location_contacts found = { NULL, 0 };
	bool yes = location_do_query(
		       node_role_state(world_find(s.w, node), "location"),
		       str_of(aor), &found) == LOCATION_OK &&
		   found.n == 1 &&
		   str_find(str_of(found.list[0].uri), contact) >= 0;

	location_contacts_free(&found);
	return yes;
}

static bool
is_registered(const char *node)
{
	struct ua *ua = node_role_state(world_find(s.w, node), "ua");

	return ua != NULL && agent_is_registered(&ua->reg);
}

static size_t
nonces_of(const char *node)
{
	const struct nonces *n = world_find(s.w, node)->nonces;

	return n != NULL ? nonces_count(n) : 0;
}

/* The binding is where the domain's registrar keeps it; nonces come from those
 * who ask and know a password. */
static void
warms(void)
{
	stage_open(&s);
	stage_node(
	    &s, "srv", "proxy registrar location", "B.example", 2, "auth=true");
	stage_node(&s, "alice", "ua", "b.example", 3,
	    "registered=true password=p accounts=al:q@c.example");
	stage_node(&s, "bob", "ua", "b.example", 4, "registered=true");
	stage_node(&s, "cold", "ua", "b.example", 5, "password=p");
	stage_node(&s, "prx", "proxy location", "d.example", 6, "");
	stage_node(&s, "dave", "ua", "D.EXAMPLE", 7, "registered=true");
	stage_node(
	    &s, "reg", "registrar", "C.example", 8, "auth=all location=loc");
	stage_node(&s, "loc", "location", "c.example", 10, "");
	stage_node(&s, "carol", "ua", "c.example", 11,
	    "registered=true password=x aor=sip:%63arol@C.EXAMPLE");
	CU_ASSERT_EQUAL(world_warm(s.w, &s.d), 0);
	CU_ASSERT(is_bound("srv", "sip:alice@b.example", "192.0.2.3"));
	CU_ASSERT(is_bound("srv", "sip:bob@b.example", "192.0.2.4"));
	CU_ASSERT(!is_bound("srv", "sip:cold@b.example", ""));
	CU_ASSERT(is_bound("prx", "sip:dave@d.example", "192.0.2.7"));
	CU_ASSERT(is_bound("loc", "sip:carol@c.example", "192.0.2.11"));
	CU_ASSERT(is_registered("alice") && is_registered("bob"));
	CU_ASSERT(!is_registered("cold"));
	CU_ASSERT_EQUAL(nonces_of("srv"), 1); /* alice's */
	CU_ASSERT_EQUAL(nonces_of("reg"), 2); /* and carol's */
	stop();
}

/* The next REGISTER is not asked any more. */
static void
answers_ahead(void)
{
	stage_open(&s);
	stage_node(
	    &s, "srv", "registrar location", "b.example", 2, "auth=true");
	stage_node(
	    &s, "alice", "ua", "b.example", 3, "registered=true password=p");
	stage_node(&s, "bob", "ua", "b.example", 4, "password=p");
	CU_ASSERT_EQUAL(
	    world_add_domain(s.w, "b.example", world_find(s.w, "srv")), 0);
	CU_ASSERT_EQUAL(world_warm(s.w, &s.d), 0);
	STAGE_DO(&s, 1000, "alice", "register", NULL);
	STAGE_HAS(&s, 0, "\"start\":401", NULL, NULL);
	STAGE_HAS(&s, 1, "\"start\":200", NULL, NULL);
	STAGE_DO(&s, 1000, "bob", "register", NULL);
	STAGE_HAS(&s, 1, "\"start\":401", NULL, NULL);
	STAGE_HAS(&s, 2, "\"start\":200", NULL, NULL);
	stop();
}

static void
nowhere(void)
{
	stage_open(&s);
	stage_node(&s, "alice", "ua", "b.example", 3, "registered=true");
	CU_ASSERT_EQUAL(world_warm(s.w, &s.d), ERR_NOTFOUND);
	CU_ASSERT(str_find(str_of(s.d.text), "alice") >= 0);
	stop();
}

static void
no_memory(void)
{
	int err = ERR_NOMEM;

	for (unsigned long n = 1; err == ERR_NOMEM && n < 2000; n++) {
		stage_open(&s);
		stage_node(&s, "srv", "registrar location", "b.example", 2,
		    "auth=true");
		stage_node(&s, "alice", "ua", "b.example", 3,
		    "registered=true password=p");
		mem_fail_from(n);
		err = world_warm(s.w, &s.d);
		mem_fail_from(0);
		if (err == 0 && sim_error(s.w->sim)->err == ERR_NOMEM)
			err = ERR_NOMEM;
		stage_close(&s);
	}
	CU_ASSERT_EQUAL(err, 0);
}

CHECK_MAIN("warm", { "bindings, states, nonces", warms },
    { "the next request is not asked", answers_ahead },
    { "no location service", nowhere }, { "without memory", no_memory })
