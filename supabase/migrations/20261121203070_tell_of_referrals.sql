-- What a partner brought and what became of it, on the timeline. What comes in already decided, from an import, tells its end as well
-- as its beginning, each with its own date. That a request was rejected may say something of another partner: it stays inside.

set local lock_timeout = '5s';

select private.switch_on_timeline(
  'public.partner_referrals', partner => 'n.partner_id', label => 'coalesce(n.client_company, n.client_name)', rules => array[
    private.activity_rule(
      'referral_created', 'insert', occurred_at => 'n.referred_at', visible => 'true', backfilled => true,
      details => $$jsonb_build_object('status', n.status, 'estimated_value', n.estimated_value, 'currency', n.currency)$$
    ),
    private.activity_rule(
      'referral_won', 'insert', $$n.outcome = 'won'$$, occurred_at => 'n.decided_at', visible => 'true', backfilled => true,
      after => 'to_jsonb(n.status)',
      details => $$jsonb_strip_nulls(jsonb_build_object('reason', n.decision_reason, 'estimated_value', n.estimated_value, 'currency', n.currency))$$
    ),
    private.activity_rule(
      'referral_lost', 'insert', $$n.outcome = 'lost'$$, occurred_at => 'n.decided_at', visible => 'true', backfilled => true,
      after => 'to_jsonb(n.status)',
      details => $$jsonb_build_object('reason', n.decision_reason)$$
    ),
    -- Also back: from an end to a stage that is open again.
    private.activity_rule(
      'referral_advanced', 'update', $$n.status <> o.status and n.outcome = 'open'$$, visible => 'true',
      before => 'to_jsonb(o.status)', after => 'to_jsonb(n.status)',
      details => $$jsonb_strip_nulls(jsonb_build_object('reason', n.decision_reason, 'reopened', nullif(o.outcome <> 'open', false)))$$
    ),
    private.activity_rule(
      'referral_won', 'update', $$n.status <> o.status and n.outcome = 'won'$$, occurred_at => 'n.decided_at', visible => 'true',
      before => 'to_jsonb(o.status)', after => 'to_jsonb(n.status)',
      details => $$jsonb_strip_nulls(jsonb_build_object('reason', n.decision_reason, 'estimated_value', n.estimated_value, 'currency', n.currency))$$
    ),
    private.activity_rule(
      'referral_lost', 'update', $$n.status <> o.status and n.outcome = 'lost'$$, occurred_at => 'n.decided_at', visible => 'true',
      before => 'to_jsonb(o.status)', after => 'to_jsonb(n.status)',
      details => $$jsonb_build_object('reason', n.decision_reason)$$
    )
  ]
);

select private.switch_on_timeline(
  'public.deal_registrations', partner => 'n.partner_id', label => 'n.account_name', rules => array[
    private.activity_rule(
      'deal_requested', 'insert', occurred_at => 'n.requested_at', visible => 'true', backfilled => true,
      details => $$jsonb_build_object('account_domain', n.account_domain, 'product', n.product)$$
    ),
    private.activity_rule(
      'deal_registered', 'insert', 'n.protected is not null', occurred_at => 'n.protected_from', visible => 'true', backfilled => true,
      details => $$jsonb_build_object('account_domain', n.account_domain, 'product', n.product, 'protected_until', n.protected_until)$$
    ),
    private.activity_rule(
      'deal_rejected', 'insert', $$n.status = 'rejected'$$, occurred_at => 'n.decided_at', backfilled => true,
      details => $$jsonb_build_object('account_domain', n.account_domain, 'product', n.product, 'reason', n.reason)$$
    ),
    private.activity_rule(
      'deal_expired', 'insert', $$n.status = 'expired'$$, occurred_at => 'n.protected_until', visible => 'true', backfilled => true,
      details => $$jsonb_build_object('account_domain', n.account_domain, 'product', n.product)$$
    ),
    private.activity_rule(
      'deal_withdrawn', 'insert', $$n.status = 'withdrawn'$$, occurred_at => 'n.decided_at', visible => 'true', backfilled => true,
      details => $$jsonb_strip_nulls(jsonb_build_object('account_domain', n.account_domain, 'product', n.product, 'reason', n.reason))$$
    ),
    private.activity_rule(
      'deal_registered', 'update', $$o.status <> 'registered' and n.status = 'registered'$$, occurred_at => 'n.protected_from', visible => 'true',
      before => 'to_jsonb(o.status)', after => 'to_jsonb(n.status)',
      details => $$jsonb_strip_nulls(jsonb_build_object(
        'account_domain', n.account_domain, 'product', n.product, 'protected_until', n.protected_until, 'reason', n.reason
      ))$$
    ),
    private.activity_rule(
      'deal_rejected', 'update', $$o.status <> 'rejected' and n.status = 'rejected'$$, occurred_at => 'n.decided_at',
      before => 'to_jsonb(o.status)', after => 'to_jsonb(n.status)',
      details => $$jsonb_build_object('account_domain', n.account_domain, 'product', n.product, 'reason', n.reason)$$
    ),
    private.activity_rule(
      'deal_expired', 'update', $$o.status <> 'expired' and n.status = 'expired'$$, occurred_at => 'n.protected_until', visible => 'true',
      before => 'to_jsonb(o.status)', after => 'to_jsonb(n.status)',
      details => $$jsonb_build_object('account_domain', n.account_domain, 'product', n.product)$$
    ),
    private.activity_rule(
      'deal_withdrawn', 'update', $$o.status <> 'withdrawn' and n.status = 'withdrawn'$$, occurred_at => 'n.decided_at', visible => 'true',
      before => 'to_jsonb(o.status)', after => 'to_jsonb(n.status)',
      details => $$jsonb_strip_nulls(jsonb_build_object('account_domain', n.account_domain, 'product', n.product, 'reason', n.reason))$$
    )
  ]
);
