/*
 * The machine of a NAT's binding: RFC 4787 4.3 for UDP, where it is there or
 * not, and RFC 5382 5 for TCP, where it lives as long as the connection's state
 * asks.
 */
#include "machine/tables.h"

/* clang-format off */
static const struct machine_state nat_binding_states[] = {
	{ STATE_OPEN, false, N_("Datagrams pass; whoever is inside must send again before the time is over.") },
	{ STATE_OPENING, false, N_("A connection goes out, and nothing has come back yet.") },
	{ STATE_ESTABLISHED, false, N_("A connection lives; it may be silent for a long time.") },
	{ STATE_CLOSING, false, N_("Both sides have closed the connection, or one has broken it off.") },
	{ STATE_OVER, true, N_("The outer port is nobody's any more.") },
};

static const struct machine_edge nat_binding_edges[] = {
	STEP(NONE, DATAGRAM_OUT, OPEN, NAT_MAPPING, N_("The first datagram from inside gets an outer port.")),
	STEP(NONE, SEGMENT_OUT, OPENING, NAT_MAPPING, N_("The first segment from inside gets an outer port.")),
	STEP(OPENING, SEGMENT_IN, ESTABLISHED, NAT_TCP_TIMER, N_("The other side has answered.")),
	STEP(OPENING, FIN_OR_RST, CLOSING, NAT_TCP_TIMER, N_("The connection is refused, or given up.")),
	STEP(ESTABLISHED, FIN_OR_RST, CLOSING, NAT_TCP_TIMER, N_("Both FINs have passed, or a RST.")),
	STEP(CLOSING, SEGMENT_OUT, OPENING, NAT_TCP_TIMER, N_("A new connection from the same port.")),
	STEP(OPEN, TIMER_UDP, OVER, NAT_TIMER, N_("Nothing has refreshed it: what comes from outside is lost from now on.")),
	STEP(OPENING, TIMER_TRANSITORY, OVER, NAT_TCP_TIMER, N_("Nobody has answered.")),
	STEP(CLOSING, TIMER_TRANSITORY, OVER, NAT_TCP_TIMER, N_("Nothing of the connection is under way any more.")),
	STEP(ESTABLISHED, TIMER_ESTABLISHED, OVER, NAT_TCP_TIMER, N_("The connection has been silent for too long: neither end knows that it is cut.")),
	STEP_IN(OPEN, FORGOTTEN, OVER, NONE, 4787, "4.3", N_("The NAT has lost its table.")),
	STEP_IN(OPENING, FORGOTTEN, OVER, NONE, 5382, "5", N_("The NAT has lost its table.")),
	STEP_IN(ESTABLISHED, FORGOTTEN, OVER, NONE, 5382, "5", N_("The NAT has lost its table.")),
	STEP_IN(CLOSING, FORGOTTEN, OVER, NONE, 5382, "5", N_("The NAT has lost its table.")),
};

static const struct machine_timer nat_binding_timers[] = {
	{ "udp", EVENT_TIMER_UDP, 0, 0, MACHINE_SAME, N_("as configured"), STATE_OPEN, STATE_NONE, N_("ends a binding through which nothing was sent; at least 2 minutes, 5 are recommended") },
	{ "transitory", EVENT_TIMER_TRANSITORY, 0, 0, MACHINE_SAME, N_("as configured"), STATE_OPENING, STATE_CLOSING, N_("ends the binding of a connection that opens or closes; at least 4 minutes") },
	{ "established", EVENT_TIMER_ESTABLISHED, 0, 0, MACHINE_SAME, N_("as configured"), STATE_ESTABLISHED, STATE_NONE, N_("ends the binding of a connection that is silent; at least 2 hours 4 minutes") },
};

const struct machine machine_nat_binding = {
	.name = "nat-binding", .title = N_("binding of a NAT"),
	.heading = N_("Bindings of the NAT"),
	.rfc = 4787, .section = "4.3", .start = STATE_NONE,
	MACHINE_TABLES(nat_binding),
};
/* clang-format on */
