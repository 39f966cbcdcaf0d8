/* Rules of H.248 between a controller and its media gateways. */
#ifndef RULES_RULES_MEGACO_H
#define RULES_RULES_MEGACO_H

/* clang-format off */
/* RFC 3525 */
#define RULES_MEGACO(X) \
X(MEGACO_START, "megaco-start", 3525, "11.2", TELLS, \
  N_("A media gateway that starts says so by ServiceChange of ROOT; only a reply makes the controller its own. Until then nobody behind it can be called.")) \
X(MEGACO_HANDOFF, "megaco-handoff", 3525, "11.5", TELLS, \
  N_("A controller that has started again, or could not reach a gateway, names itself by HandOff, and the gateway comes to it anew.")) \
X(MEGACO_REPLY, "megaco-reply", 3525, "8", TELLS, \
  N_("A transaction is carried out command by command, as far as none fails, and has one reply.")) \
X(MEGACO_ONCE, "megaco-once", 3525, "D.1.1", TELLS, \
  N_("Replies are kept for 30 seconds: a transaction that comes again gets the same reply, and is not carried out again.")) \
X(MEGACO_CONFIRM, "megaco-confirm", 3525, "8.2.2", TELLS, \
  N_("A reply that says ImmAckRequired, as one behind a Pending does, is confirmed at once by TransactionResponseAck.")) \
X(MEGACO_AGAIN, "megaco-again", 3525, "D.1.3", TELLS, \
  N_("A transaction without a reply is sent again, each time after twice as long, up to a limit of 4 seconds; once it is said to be Pending, after that limit.")) \
X(MEGACO_SILENT, "megaco-silent", 3525, "D.1.5", TELLS, \
  N_("After 30 seconds without a reply the other side counts as out of reach.")) \
X(MEGACO_REFUSE, "megaco-refuse", 3525, "7.1.19", TELLS, \
  N_("What can't be read, or comes from somebody else than the own controller or gateway, is refused with an error code.")) \
X(MEGACO_WATCH, "megaco-watch", 3525, "7.1.9", TELLS, \
  N_("A gateway tells what its controller has asked for by Events, and nothing else. An event that asks for a state is told at once where it holds.")) \
X(MEGACO_DIGITS, "megaco-digits", 3525, "7.1.14", TELLS, \
  N_("Digits are collected at the gateway, as a digit map says, and told together: when they fit and nothing longer can, when none fits, or when none has come for a while.")) \
X(MEGACO_NOTIFY, "megaco-notify", 3525, "7.2.7", TELLS, \
  N_("What was seen goes to the controller by Notify, with the number of the Events that asked for it.")) \
X(MEGACO_SIGNAL, "megaco-signal", 3525, "7.1.11", TELLS, \
  N_("A telephone plays, or rings, what Signals says, until it gets others or an event that was asked for happens.")) \
X(MEGACO_CONNECT, "megaco-connect", 3525, "7.2.1", TELLS, \
  N_("Add puts a termination into a context. A stream for it comes to be with that: the gateway chooses its name and where it receives, and the reply has both.")) \
X(MEGACO_MODIFY, "megaco-modify", 3525, "7.2.2", TELLS, \
  N_("Modify changes what a termination plays, looks out for, and where its stream goes.")) \
X(MEGACO_RELEASE, "megaco-release", 3525, "7.2.3", TELLS, \
  N_("Subtract takes terminations out of their context, which ends with the last; a telephone is idle then, a stream is gone, and what was counted is told."))

/* clang-format on */

#endif
