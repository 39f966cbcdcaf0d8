/* Session timers, RFC 4028: their table.  What they do: session_timer.case. */
#include "agent/session_timer.h"
#include "fixtures/check.h"

/* ---- who refreshes: table 2 of section 9 ---- */

#define NONE SIP_REFRESHER_NONE
#define UAC  SIP_REFRESHER_UAC
#define UAS  SIP_REFRESHER_UAS

static void
table(void)
{
	static const struct {
		bool knows;
		enum sip_refresher asked, likes, answer;
	} rows[] = {
		{ false, NONE, NONE, UAS },
		{ false, NONE, UAC, UAS },
		{ false, UAC, UAC, UAS },
		{ false, UAS, UAC, UAS },
		{ true, NONE, NONE, UAC },
		{ true, NONE, UAS, UAS },
		{ true, NONE, UAC, UAC },
		{ true, UAC, UAS, UAC },
		{ true, UAS, UAC, UAS },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		CU_ASSERT_EQUAL(agent_session_refresher(rows[i].knows,
				    rows[i].asked, rows[i].likes),
		    rows[i].answer);
}

CHECK_MAIN("session_timer", { "table", table }, )
