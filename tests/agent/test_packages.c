/* Event packages by their rows: whoever understands one explains it, and the
 * page for scripts names those that a phone subscribes to. */
#include "agent/package.h"

#include "fixtures/check.h"

static void
agents_know_what_is_explained(void)
{
	for (size_t i = 0; i < AGENT_PACKAGE_COUNT; i++) {
		const struct agent_package *p = &agent_packages[i];

		CU_ASSERT_PTR_NOT_NULL_FATAL(p->row);
		CU_ASSERT(p->row >= msg_packages &&
			  p->row < msg_packages + MSG_PACKAGE_COUNT);
		CU_ASSERT(p->row->rfc > 0 && p->row->text[0] != '\0');
		CU_ASSERT_PTR_EQUAL(
		    agent_package_find(str_of(p->row->name)), p);
		for (size_t k = 0; k < i; k++)
			CU_ASSERT_PTR_NOT_EQUAL(agent_packages[k].row, p->row);
	}
	/* RFC 6665 8.2.1: byte by byte. */
	CU_ASSERT_PTR_NULL(agent_package_find(STR("Presence")));
	CU_ASSERT_PTR_NULL(agent_package_find(STR("kpml")));
}

CHECK_MAIN("packages",
    { "agents_know_what_is_explained", agents_know_what_is_explained })
