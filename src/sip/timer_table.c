/* By the timer's letter, which no two machines have in common. */
#include "sip/timer_table.h"

#include <stddef.h>

#define AT(ctx, letter)                                \
	offsetof(struct ctx, timer_##letter##_length), \
	    offsetof(struct ctx, timer_##letter##_start)

static const struct sip_timer_place places[] = {
	['A' - 'A'] = { TIMEOUT_A, AT(osip_ict, a) },
	['B' - 'A'] = { TIMEOUT_B, AT(osip_ict, b) },
	['D' - 'A'] = { TIMEOUT_D, AT(osip_ict, d) },
	['E' - 'A'] = { TIMEOUT_E, AT(osip_nict, e) },
	['F' - 'A'] = { TIMEOUT_F, AT(osip_nict, f) },
	['G' - 'A'] = { TIMEOUT_G, AT(osip_ist, g) },
	['H' - 'A'] = { TIMEOUT_H, AT(osip_ist, h) },
	['I' - 'A'] = { TIMEOUT_I, AT(osip_ist, i) },
	['J' - 'A'] = { TIMEOUT_J, AT(osip_nist, j) },
	['K' - 'A'] = { TIMEOUT_K, AT(osip_nict, k) },
};

const struct sip_timer_place *
sip_timer_place(const struct machine_timer *t)
{
	size_t i = (size_t)(t->name[0] - 'A');

	return i < sizeof(places) / sizeof(places[0]) ? &places[i] : NULL;
}
