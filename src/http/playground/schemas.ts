import { z } from 'zod';

import { attachmentSchema, MAX_ATTACHMENTS } from '../attachment-schema.ts';

export const postMessageSchema = z
  .object({
    persona: z.string().min(1).max(100).meta({ description: 'Name of a member of the conversation.' }),
    text: z.string().max(100_000).default(''),
    messageId: z
      .string()
      .regex(/^[\w.:-]{1,200}$/)
      .optional()
      .meta({ description: 'The same id again is answered alike and has no second effect.' }),
    mentionsBot: z.boolean().default(false),
    quote: z
      .object({
        from: z.string().max(100).optional(),
        text: z.string().max(2_000),
        messageId: z.string().max(300).optional(),
      })
      .optional(),
    cardAction: z
      .object({ messageId: z.string().max(300), say: z.string().min(1).max(500) })
      .optional()
      .meta({ description: "A press on a card's button: the card's message and the button's `say`." }),
    attachments: z.array(attachmentSchema).max(MAX_ATTACHMENTS).default([]),
  })
  .meta({ id: 'PostMessage' });

export const messageIdAnswer = z.object({ messageId: z.string() }).meta({ id: 'MessageId' });

const card = z
  .object({
    purpose: z.string(),
    title: z.string(),
    description: z.string().optional(),
    source: z.object({ text: z.string(), tone: z.string() }).optional(),
    emphasis: z.object({ value: z.string(), label: z.string() }).optional(),
    facts: z.array(z.object({ label: z.string(), value: z.string() })),
    choices: z.array(z.object({ label: z.string(), say: z.string() })),
    link: z.object({ label: z.string(), url: z.string() }).optional(),
  })
  .meta({ id: 'Card' });

export const messageSchema = z
  .object({
    seq: z.number().int(),
    id: z.string(),
    at: z.iso.datetime(),
    from: z.object({ name: z.string(), bot: z.boolean() }),
    text: z.string(),
    card: card.optional(),
    quote: z
      .object({ from: z.string().optional(), text: z.string(), messageId: z.string().optional() })
      .optional(),
    attachments: z
      .array(
        z.object({
          url: z.string(),
          mime: z.string(),
          name: z.string().optional(),
          alt: z.string().optional(),
        }),
      )
      .optional(),
  })
  .meta({ id: 'Message' });

export type MessageAnswer = z.infer<typeof messageSchema>;

const weather = z.enum(['normal', 'removed', 'needsTap']);

export const weatherSchema = z
  .object({
    weather: weather.meta({
      description: 'removed: nothing of the bot arrives. needsTap: it waits until normal.',
    }),
  })
  .meta({ id: 'Weather' });

export const conversationsAnswer = z.object({
  conversations: z.array(
    z
      .object({
        id: z.string(),
        name: z.string(),
        kind: z.enum(['group', 'direct']),
        groupKind: z.enum(['residents', 'secretaries', 'liaison', 'department']).optional(),
        members: z.array(z.object({ name: z.string(), role: z.string() })),
        weather: weather.meta({ description: 'What the vendor does to us there; see POST …/weather.' }),
      })
      .meta({ id: 'Conversation' }),
  ),
});

export type ConversationsAnswer = z.infer<typeof conversationsAnswer>;

export const messagesQuery = z.object({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(200),
});
export const messagesAnswer = z.object({ messages: z.array(messageSchema) });

const ONE_YEAR_S = 366 * 86_400;
export const advanceSchema = z
  .object({ advanceSeconds: z.number().int().min(0).max(ONE_YEAR_S) })
  .meta({ id: 'AdvanceClock' });
const moment = z.object({ at: z.iso.datetime(), label: z.string() });
export const clockAnswer = z
  .object({
    now: z.iso.datetime(),
    offsetSeconds: z.number(),
    next: moment.optional().meta({ description: 'What happens by itself next.' }),
    fired: z.array(moment).optional().meta({ description: 'After a move: what fired on the way, in order.' }),
    canReset: z.boolean().meta({ description: 'Whether POST /reset is there.' }),
  })
  .meta({ id: 'Clock' });

export type ClockAnswer = z.infer<typeof clockAnswer>;

export const stepsAnswer = z
  .object({
    done: z.array(
      z.enum([
        'concern',
        'topic',
        'poll',
        'result',
        'meeting',
        'publicity',
        'assignment',
        'answer',
        'notice',
      ]),
    ),
  })
  .meta({ id: 'Steps' });

export type StepsAnswer = z.infer<typeof stepsAnswer>;

/** Typed by hand, so that nobody clears a demo by a slip. */
export const CLEAR_WORD = '清空';
export const resetSchema = z.object({ confirm: z.literal(CLEAR_WORD) }).meta({ id: 'Reset' });
export const resetAnswer = z.object({ reset: z.literal(true) });

const stay = z.object({
  id: z.string(),
  state: z.string(),
  tries: z.number().int(),
  tookMs: z
    .number()
    .optional()
    .meta({ description: "By the demo's clock, which may have been moved meanwhile." }),
});

export const traceAnswer = z
  .object({
    inbox: stay
      .extend({
        event: z.string().optional(),
        receivedAt: z.iso.datetime(),
        doneAt: z.iso.datetime().optional(),
      })
      .optional(),
    outbox: z.array(
      stay.extend({
        conversationId: z.string(),
        conversationName: z.string(),
        word: z.string().meta({ description: 'The delivery word that the console shows.' }),
        reason: z.string().optional(),
        createdAt: z.iso.datetime(),
        doneAt: z.iso.datetime().optional(),
      }),
    ),
  })
  .meta({ id: 'Trace' });

export type TraceAnswer = z.infer<typeof traceAnswer>;

export const problemAnswer = z
  .object({ code: z.string(), message: z.string(), fields: z.record(z.string(), z.string()).optional() })
  .meta({ id: 'Problem' });

/** A way into the console as one of the demo's office holders. */
export interface ConsoleLink {
  readonly name: string;
  readonly role: string;
  readonly url: string;
}
