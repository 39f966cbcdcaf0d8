/* Rules of H.248 between a controller and its media gateways. */
#ifndef RULES_RULES_MEGACO_H
#define RULES_RULES_MEGACO_H

/* clang-format off */
/* RFC 3525 */
#define RULES_MEGACO(X) \
X(MEGACO_START, "megaco-start", 3525, "11.2", TELLS, \
  N_("A media gateway that starts sends a ServiceChange of ROOT to its " \
     "controller. The reply establishes the control. Until then nobody behind " \
     "the gateway can be called.")) \
X(MEGACO_HANDOFF, "megaco-handoff", 3525, "11.5", TELLS, \
  N_("A controller that has restarted, or could not reach a gateway, sends " \
     "HandOff with its own name. The gateway then registers with it again.")) \
X(MEGACO_REPLY, "megaco-reply", 3525, "8", TELLS, \
  N_("The commands of a transaction are executed in order until one fails. " \
     "There is one reply per transaction.")) \
X(MEGACO_ONCE, "megaco-once", 3525, "D.1.1", TELLS, \
  N_("Replies are kept for 30 seconds. A retransmitted transaction gets the " \
     "same reply and is not executed again.")) \
X(MEGACO_CONFIRM, "megaco-confirm", 3525, "8.2.2", TELLS, \
  N_("A reply with ImmAckRequired, such as one after a Pending, is acknowledged " \
     "at once by a TransactionResponseAck.")) \
X(MEGACO_AGAIN, "megaco-again", 3525, "D.1.3", MUST, \
  N_("A transaction without a reply is retransmitted. The interval MUST grow " \
     "exponentially; rung doubles it up to a limit of 4 seconds. After a " \
     "Pending, the interval is that limit.")) \
X(MEGACO_SILENT, "megaco-silent", 3525, "D.1.5", TELLS, \
  N_("After 30 seconds without a reply, the peer is considered unreachable.")) \
X(MEGACO_REFUSE, "megaco-refuse", 3525, "7.1.19", TELLS, \
  N_("A message that cannot be parsed, or that does not come from the own " \
     "controller or gateway, is rejected with an error code.")) \
X(MEGACO_WATCH, "megaco-watch", 3525, "7.1.9", TELLS, \
  N_("A gateway reports only what its controller has requested by Events. If an " \
     "event asks for a state that holds already, it is reported at once.")) \
X(MEGACO_DIGITS, "megaco-digits", 3525, "7.1.14", TELLS, \
  N_("The gateway collects digits by a digit map and reports them together. It " \
     "does so when they match and no longer match is possible, when none is " \
     "possible, or after a time without a digit.")) \
X(MEGACO_NOTIFY, "megaco-notify", 3525, "7.2.7", TELLS, \
  N_("The gateway reports observed events to the controller by Notify, with the " \
     "number of the Events descriptor that requested them.")) \
X(MEGACO_SIGNAL, "megaco-signal", 3525, "7.1.11", TELLS, \
  N_("A telephone plays the tones or rings as Signals says. It stops when it " \
     "gets other signals, or when a requested event occurs.")) \
X(MEGACO_CONNECT, "megaco-connect", 3525, "7.2.1", TELLS, \
  N_("Add puts a termination into a context. For an RTP stream this creates the " \
     "termination: the gateway chooses its name and receiving address, and both " \
     "are in the reply.")) \
X(MEGACO_MODIFY, "megaco-modify", 3525, "7.2.2", TELLS, \
  N_("Modify changes the signals, events and media of a termination.")) \
X(MEGACO_RELEASE, "megaco-release", 3525, "7.2.3", TELLS, \
  N_("Subtract removes terminations from their context, which ends with the " \
     "last one. A telephone is idle after that, and a stream is deleted. The " \
     "reply contains its statistics."))

/* clang-format on */

#endif
