export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  
  "public": {
          Tables: {
            "audit_log": {
                  Row: {
                    "action": string,"actor": string,"actor_name": string | null,"changes": NonNullable<Json>,"id": number,"label": string | null,"occurred_at": string,"organization_id": string,"row_id": string,"table_name": string,"txid": unknown
                  }
                  ComputedFields: never
                  Insert: {
                    "action": string,"actor": string,"actor_name"?: string | null,"changes"?: NonNullable<Json>,"id"?: never,"label"?: string | null,"occurred_at"?: string,"organization_id": string,"row_id": string,"table_name": string,"txid"?: unknown
                  }
                  Update: {
                    "action"?: string,"actor"?: string,"actor_name"?: string | null,"changes"?: NonNullable<Json>,"id"?: never,"label"?: string | null,"occurred_at"?: string,"organization_id"?: string,"row_id"?: string,"table_name"?: string,"txid"?: unknown
                  }
                  Relationships: [
                    
                  ]
                },"configuration_definitions": {
                  Row: {
                    "category": string,"created_at": string,"default_value": NonNullable<Json>,"help": string,"is_required": boolean,"key": string,"label": string,"position": number,"schema": NonNullable<Json>,"value_type": string
                  }
                  ComputedFields: never
                  Insert: {
                    "category": string,"created_at"?: string,"default_value": NonNullable<Json>,"help"?: string,"is_required"?: boolean,"key": string,"label": string,"position": number,"schema": NonNullable<Json>,"value_type": string
                  }
                  Update: {
                    "category"?: string,"created_at"?: string,"default_value"?: NonNullable<Json>,"help"?: string,"is_required"?: boolean,"key"?: string,"label"?: string,"position"?: number,"schema"?: NonNullable<Json>,"value_type"?: string
                  }
                  Relationships: [
                    
                  ]
                },"configurations": {
                  Row: {
                    "category": string,"created_at": string,"id": string,"key": string,"organization_id": string,"updated_at": string,"updated_by": string | null,"value": NonNullable<Json>,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "category": string,"created_at"?: string,"id"?: string,"key": string,"organization_id": string,"updated_at"?: string,"updated_by"?: string | null,"value": NonNullable<Json>,"version"?: number
                  }
                  Update: {
                    "category"?: string,"created_at"?: string,"id"?: string,"key"?: string,"organization_id"?: string,"updated_at"?: string,"updated_by"?: string | null,"value"?: NonNullable<Json>,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "configurations_definition_fkey"
      columns: ["category","key"]
isOneToOne: false
      referencedRelation: "configuration_definitions"
      referencedColumns: ["category","key"]
    },{
      foreignKeyName: "configurations_organization_id_fkey"
      columns: ["organization_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    }
                  ]
                },"custom_field_definitions": {
                  Row: {
                    "archived_at": string | null,"created_at": string,"entity": string,"field_type": string,"help": string | null,"id": string,"is_required": boolean,"key": string,"label": string,"options": NonNullable<Json>,"organization_id": string,"position": number,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "archived_at"?: string | null,"created_at"?: string,"entity"?: string,"field_type": string,"help"?: string | null,"id"?: string,"is_required"?: boolean,"key": string,"label": string,"options"?: NonNullable<Json>,"organization_id": string,"position"?: number,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "archived_at"?: string | null,"created_at"?: string,"entity"?: string,"field_type"?: string,"help"?: string | null,"id"?: string,"is_required"?: boolean,"key"?: string,"label"?: string,"options"?: NonNullable<Json>,"organization_id"?: string,"position"?: number,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "custom_field_definitions_organization_id_fkey"
      columns: ["organization_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    }
                  ]
                },"customers": {
                  Row: {
                    "client_key": string | null,"contact_email": string | null,"contact_name": string | null,"contact_phone": string | null,"created_at": string,"id": string,"name": string,"notes": string | null,"organization_id": string,"owner_id": string | null,"region": string | null,"updated_at": string,"version": number,"web_domain": string | null,"website": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "client_key"?: string | null,"contact_email"?: string | null,"contact_name"?: string | null,"contact_phone"?: string | null,"created_at"?: string,"id"?: string,"name": string,"notes"?: string | null,"organization_id": string,"owner_id"?: string | null,"region"?: string | null,"updated_at"?: string,"version"?: number,"web_domain"?: string | null,"website"?: string | null
                  }
                  Update: {
                    "client_key"?: string | null,"contact_email"?: string | null,"contact_name"?: string | null,"contact_phone"?: string | null,"created_at"?: string,"id"?: string,"name"?: string,"notes"?: string | null,"organization_id"?: string,"owner_id"?: string | null,"region"?: string | null,"updated_at"?: string,"version"?: number,"web_domain"?: string | null,"website"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "customers_organization_id_fkey"
      columns: ["organization_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "customers_owner_id_fkey"
      columns: ["organization_id","owner_id"]
isOneToOne: false
      referencedRelation: "memberships"
      referencedColumns: ["organization_id","user_id"]
    }
                  ]
                },"deal_registrations": {
                  Row: {
                    "account_domain": string,"account_name": string,"created_at": string,"decided_at": string | null,"decided_by": string | null,"id": string,"organization_id": string,"partner_id": string,"product": string,"protected": unknown,"protected_from": string | null,"protected_until": string | null,"reason": string | null,"referral_id": string,"requested_at": string,"requested_by": string | null,"status": string,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "account_domain": string,"account_name": string,"created_at"?: string,"decided_at"?: string | null,"decided_by"?: string | null,"id"?: string,"organization_id": string,"partner_id": string,"product": string,"protected"?: unknown,"protected_from"?: never,"protected_until"?: never,"reason"?: string | null,"referral_id": string,"requested_at"?: string,"requested_by"?: string | null,"status"?: string,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "account_domain"?: string,"account_name"?: string,"created_at"?: string,"decided_at"?: string | null,"decided_by"?: string | null,"id"?: string,"organization_id"?: string,"partner_id"?: string,"product"?: string,"protected"?: unknown,"protected_from"?: never,"protected_until"?: never,"reason"?: string | null,"referral_id"?: string,"requested_at"?: string,"requested_by"?: string | null,"status"?: string,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "deal_registrations_organization_id_fkey"
      columns: ["organization_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "deal_registrations_partner_id_fkey"
      columns: ["organization_id","partner_id"]
isOneToOne: false
      referencedRelation: "partners"
      referencedColumns: ["organization_id","id"]
    },{
      foreignKeyName: "deal_registrations_referral_id_fkey"
      columns: ["organization_id","partner_id","referral_id"]
isOneToOne: false
      referencedRelation: "partner_referrals"
      referencedColumns: ["organization_id","partner_id","id"]
    }
                  ]
                },"invitations": {
                  Row: {
                    "accepted_at": string | null,"accepted_by": string | null,"created_at": string,"email": string,"expires_at": string,"id": string,"invited_by": string,"organization_id": string,"revoked_at": string | null,"role_id": string,"token_hash": string,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "accepted_at"?: string | null,"accepted_by"?: string | null,"created_at"?: string,"email": string,"expires_at": string,"id"?: string,"invited_by": string,"organization_id": string,"revoked_at"?: string | null,"role_id": string,"token_hash": string,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "accepted_at"?: string | null,"accepted_by"?: string | null,"created_at"?: string,"email"?: string,"expires_at"?: string,"id"?: string,"invited_by"?: string,"organization_id"?: string,"revoked_at"?: string | null,"role_id"?: string,"token_hash"?: string,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "invitations_invited_by_fkey"
      columns: ["organization_id","invited_by"]
isOneToOne: false
      referencedRelation: "memberships"
      referencedColumns: ["organization_id","user_id"]
    },{
      foreignKeyName: "invitations_organization_id_fkey"
      columns: ["organization_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "invitations_role_fkey"
      columns: ["organization_id","role_id"]
isOneToOne: false
      referencedRelation: "roles"
      referencedColumns: ["organization_id","id"]
    }
                  ]
                },"memberships": {
                  Row: {
                    "avatar_color": string,"created_at": string,"deactivated_at": string | null,"display_name": string,"email": string | null,"id": string,"joined_at": string,"organization_id": string,"role_id": string,"status": string,"updated_at": string,"user_id": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "avatar_color": string,"created_at"?: string,"deactivated_at"?: string | null,"display_name": string,"email"?: string | null,"id"?: string,"joined_at"?: string,"organization_id": string,"role_id": string,"status"?: string,"updated_at"?: string,"user_id": string,"version"?: number
                  }
                  Update: {
                    "avatar_color"?: string,"created_at"?: string,"deactivated_at"?: string | null,"display_name"?: string,"email"?: string | null,"id"?: string,"joined_at"?: string,"organization_id"?: string,"role_id"?: string,"status"?: string,"updated_at"?: string,"user_id"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "memberships_organization_id_fkey"
      columns: ["organization_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "memberships_role_fkey"
      columns: ["organization_id","role_id"]
isOneToOne: false
      referencedRelation: "roles"
      referencedColumns: ["organization_id","id"]
    },{
      foreignKeyName: "memberships_user_id_fkey"
      columns: ["user_id"]
isOneToOne: false
      referencedRelation: "profiles"
      referencedColumns: ["user_id"]
    }
                  ]
                },"opportunities": {
                  Row: {
                    "client_key": string | null,"closed_at": string | null,"closes_on": string | null,"created_at": string,"currency": string | null,"customer_id": string,"expected_close_on": string | null,"id": string,"name": string,"next_step": string | null,"notes": string | null,"organization_id": string,"owner_id": string | null,"partner_id": string | null,"probability": number,"reason": string | null,"source": string | null,"stage": string,"status": string,"updated_at": string,"value": number | null,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "client_key"?: string | null,"closed_at"?: string | null,"closes_on"?: string | null,"created_at"?: string,"currency"?: string | null,"customer_id": string,"expected_close_on"?: string | null,"id"?: string,"name": string,"next_step"?: string | null,"notes"?: string | null,"organization_id": string,"owner_id"?: string | null,"partner_id"?: string | null,"probability": number,"reason"?: string | null,"source"?: string | null,"stage": string,"status": string,"updated_at"?: string,"value"?: number | null,"version"?: number
                  }
                  Update: {
                    "client_key"?: string | null,"closed_at"?: string | null,"closes_on"?: string | null,"created_at"?: string,"currency"?: string | null,"customer_id"?: string,"expected_close_on"?: string | null,"id"?: string,"name"?: string,"next_step"?: string | null,"notes"?: string | null,"organization_id"?: string,"owner_id"?: string | null,"partner_id"?: string | null,"probability"?: number,"reason"?: string | null,"source"?: string | null,"stage"?: string,"status"?: string,"updated_at"?: string,"value"?: number | null,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "opportunities_customer_id_fkey"
      columns: ["organization_id","customer_id"]
isOneToOne: false
      referencedRelation: "customers"
      referencedColumns: ["organization_id","id"]
    },{
      foreignKeyName: "opportunities_organization_id_fkey"
      columns: ["organization_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "opportunities_owner_id_fkey"
      columns: ["organization_id","owner_id"]
isOneToOne: false
      referencedRelation: "memberships"
      referencedColumns: ["organization_id","user_id"]
    },{
      foreignKeyName: "opportunities_partner_id_fkey"
      columns: ["organization_id","partner_id"]
isOneToOne: false
      referencedRelation: "partners"
      referencedColumns: ["organization_id","id"]
    }
                  ]
                },"opportunity_stage_history": {
                  Row: {
                    "actor": string,"actor_name": string | null,"changed_at": string,"from_stage": string | null,"id": number,"opportunity_id": string,"organization_id": string,"reason": string | null,"recorded_at": string,"source_key": string,"status": string,"to_stage": string
                  }
                  ComputedFields: never
                  Insert: {
                    "actor": string,"actor_name"?: string | null,"changed_at": string,"from_stage"?: string | null,"id"?: never,"opportunity_id": string,"organization_id": string,"reason"?: string | null,"recorded_at"?: string,"source_key": string,"status": string,"to_stage": string
                  }
                  Update: {
                    "actor"?: string,"actor_name"?: string | null,"changed_at"?: string,"from_stage"?: string | null,"id"?: never,"opportunity_id"?: string,"organization_id"?: string,"reason"?: string | null,"recorded_at"?: string,"source_key"?: string,"status"?: string,"to_stage"?: string
                  }
                  Relationships: [
                    
                  ]
                },"organizations": {
                  Row: {
                    "created_at": string,"created_by": string | null,"id": string,"is_active": boolean,"name": string,"parent_id": string | null,"seat_limit": number,"settings": NonNullable<Json>,"slug": string,"subscription_tier": string,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"created_by"?: string | null,"id"?: string,"is_active"?: boolean,"name": string,"parent_id"?: string | null,"seat_limit"?: number,"settings"?: NonNullable<Json>,"slug": string,"subscription_tier"?: string,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "created_at"?: string,"created_by"?: string | null,"id"?: string,"is_active"?: boolean,"name"?: string,"parent_id"?: string | null,"seat_limit"?: number,"settings"?: NonNullable<Json>,"slug"?: string,"subscription_tier"?: string,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "organizations_parent_id_fkey"
      columns: ["parent_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    }
                  ]
                },"partner_activity_log": {
                  Row: {
                    "actor": string,"actor_name": string | null,"after": Json | null,"before": Json | null,"details": Json | null,"id": number,"is_visible_to_partner": boolean,"kind": string,"occurred_at": string,"organization_id": string,"partner_id": string | null,"recorded_at": string,"source_key": string,"subject_id": string,"subject_label": string | null,"subject_table": string
                  }
                  ComputedFields: never
                  Insert: {
                    "actor": string,"actor_name"?: string | null,"after"?: Json | null,"before"?: Json | null,"details"?: Json | null,"id"?: never,"is_visible_to_partner": boolean,"kind": string,"occurred_at": string,"organization_id": string,"partner_id"?: string | null,"recorded_at"?: string,"source_key": string,"subject_id": string,"subject_label"?: string | null,"subject_table": string
                  }
                  Update: {
                    "actor"?: string,"actor_name"?: string | null,"after"?: Json | null,"before"?: Json | null,"details"?: Json | null,"id"?: never,"is_visible_to_partner"?: boolean,"kind"?: string,"occurred_at"?: string,"organization_id"?: string,"partner_id"?: string | null,"recorded_at"?: string,"source_key"?: string,"subject_id"?: string,"subject_label"?: string | null,"subject_table"?: string
                  }
                  Relationships: [
                    
                  ]
                },"partner_commission_terms": {
                  Row: {
                    "commission_type": string,"created_at": string,"currency": string | null,"deal_maximum": number | null,"deal_minimum": number | null,"id": string,"organization_id": string,"partner_id": string,"payment_model": string | null,"rate": number | null,"tiers": NonNullable<Json>,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "commission_type": string,"created_at"?: string,"currency"?: string | null,"deal_maximum"?: number | null,"deal_minimum"?: number | null,"id"?: string,"organization_id": string,"partner_id": string,"payment_model"?: string | null,"rate"?: number | null,"tiers"?: NonNullable<Json>,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "commission_type"?: string,"created_at"?: string,"currency"?: string | null,"deal_maximum"?: number | null,"deal_minimum"?: number | null,"id"?: string,"organization_id"?: string,"partner_id"?: string,"payment_model"?: string | null,"rate"?: number | null,"tiers"?: NonNullable<Json>,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "partner_commission_terms_partner_id_fkey"
      columns: ["organization_id","partner_id"]
isOneToOne: true
      referencedRelation: "partners"
      referencedColumns: ["organization_id","id"]
    }
                  ]
                },"partner_document_versions": {
                  Row: {
                    "created_at": string,"document_id": string,"file_name": string,"id": string,"mime_type": string,"note": string | null,"number": number,"organization_id": string,"partner_id": string,"size_bytes": number,"source": string,"storage_path": string,"stored_at": string | null,"updated_at": string,"uploaded_by": string | null,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"document_id": string,"file_name": string,"id"?: string,"mime_type": string,"note"?: string | null,"number": number,"organization_id": string,"partner_id": string,"size_bytes": number,"source"?: string,"storage_path": string,"stored_at"?: string | null,"updated_at"?: string,"uploaded_by"?: string | null,"version"?: number
                  }
                  Update: {
                    "created_at"?: string,"document_id"?: string,"file_name"?: string,"id"?: string,"mime_type"?: string,"note"?: string | null,"number"?: number,"organization_id"?: string,"partner_id"?: string,"size_bytes"?: number,"source"?: string,"storage_path"?: string,"stored_at"?: string | null,"updated_at"?: string,"uploaded_by"?: string | null,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "partner_document_versions_document_fkey"
      columns: ["organization_id","partner_id","document_id"]
isOneToOne: false
      referencedRelation: "partner_documents"
      referencedColumns: ["organization_id","partner_id","id"]
    }
                  ]
                },"partner_documents": {
                  Row: {
                    "archived_at": string | null,"client_key": string | null,"created_at": string,"current_version": number,"document_type": string,"id": string,"is_shared": boolean,"notion_url": string | null,"organization_id": string,"owner_id": string | null,"partner_id": string,"source": string,"tags": (string)[],"title": string,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "archived_at"?: string | null,"client_key"?: string | null,"created_at"?: string,"current_version"?: number,"document_type": string,"id"?: string,"is_shared"?: boolean,"notion_url"?: string | null,"organization_id": string,"owner_id"?: string | null,"partner_id": string,"source"?: string,"tags"?: (string)[],"title": string,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "archived_at"?: string | null,"client_key"?: string | null,"created_at"?: string,"current_version"?: number,"document_type"?: string,"id"?: string,"is_shared"?: boolean,"notion_url"?: string | null,"organization_id"?: string,"owner_id"?: string | null,"partner_id"?: string,"source"?: string,"tags"?: (string)[],"title"?: string,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "partner_documents_organization_id_fkey"
      columns: ["organization_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "partner_documents_owner_fkey"
      columns: ["organization_id","owner_id"]
isOneToOne: false
      referencedRelation: "memberships"
      referencedColumns: ["organization_id","user_id"]
    },{
      foreignKeyName: "partner_documents_partner_fkey"
      columns: ["organization_id","partner_id"]
isOneToOne: false
      referencedRelation: "partners"
      referencedColumns: ["organization_id","id"]
    }
                  ]
                },"partner_interactions": {
                  Row: {
                    "client_key": string | null,"created_at": string,"duration_minutes": number | null,"id": string,"interaction_type": string,"is_shared": boolean,"notes": string | null,"occurred_at": string,"organization_id": string,"participants": string | null,"partner_id": string,"subject": string,"updated_at": string,"user_id": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "client_key"?: string | null,"created_at"?: string,"duration_minutes"?: number | null,"id"?: string,"interaction_type": string,"is_shared"?: boolean,"notes"?: string | null,"occurred_at"?: string,"organization_id": string,"participants"?: string | null,"partner_id": string,"subject": string,"updated_at"?: string,"user_id"?: string,"version"?: number
                  }
                  Update: {
                    "client_key"?: string | null,"created_at"?: string,"duration_minutes"?: number | null,"id"?: string,"interaction_type"?: string,"is_shared"?: boolean,"notes"?: string | null,"occurred_at"?: string,"organization_id"?: string,"participants"?: string | null,"partner_id"?: string,"subject"?: string,"updated_at"?: string,"user_id"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "partner_interactions_organization_id_fkey"
      columns: ["organization_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "partner_interactions_partner_id_fkey"
      columns: ["organization_id","partner_id"]
isOneToOne: false
      referencedRelation: "partners"
      referencedColumns: ["organization_id","id"]
    },{
      foreignKeyName: "partner_interactions_user_id_fkey"
      columns: ["organization_id","user_id"]
isOneToOne: false
      referencedRelation: "memberships"
      referencedColumns: ["organization_id","user_id"]
    }
                  ]
                },"partner_members": {
                  Row: {
                    "created_at": string,"display_name": string,"email": string,"id": string,"invited_by": string | null,"joined_at": string | null,"organization_id": string,"partner_id": string,"removed_at": string | null,"status": string,"updated_at": string,"user_id": string | null,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"display_name": string,"email": string,"id"?: string,"invited_by"?: string | null,"joined_at"?: string | null,"organization_id": string,"partner_id": string,"removed_at"?: string | null,"status"?: string,"updated_at"?: string,"user_id"?: string | null,"version"?: number
                  }
                  Update: {
                    "created_at"?: string,"display_name"?: string,"email"?: string,"id"?: string,"invited_by"?: string | null,"joined_at"?: string | null,"organization_id"?: string,"partner_id"?: string,"removed_at"?: string | null,"status"?: string,"updated_at"?: string,"user_id"?: string | null,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "partner_members_invited_by_fkey"
      columns: ["organization_id","invited_by"]
isOneToOne: false
      referencedRelation: "memberships"
      referencedColumns: ["organization_id","user_id"]
    },{
      foreignKeyName: "partner_members_organization_id_fkey"
      columns: ["organization_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "partner_members_partner_id_fkey"
      columns: ["organization_id","partner_id"]
isOneToOne: false
      referencedRelation: "partners"
      referencedColumns: ["organization_id","id"]
    },{
      foreignKeyName: "partner_members_user_id_fkey"
      columns: ["user_id"]
isOneToOne: false
      referencedRelation: "profiles"
      referencedColumns: ["user_id"]
    }
                  ]
                },"partner_referrals": {
                  Row: {
                    "account_domain": string | null,"client_company": string | null,"client_email": string | null,"client_key": string | null,"client_name": string,"client_website": string | null,"created_at": string,"currency": string | null,"decided_at": string | null,"decision_reason": string | null,"estimated_value": number | null,"id": string,"notes": string | null,"opportunity_id": string | null,"organization_id": string,"outcome": string,"owner_id": string | null,"partner_id": string,"referred_at": string,"source": string,"status": string,"submitted_by": string | null,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "account_domain"?: string | null,"client_company"?: string | null,"client_email"?: string | null,"client_key"?: string | null,"client_name": string,"client_website"?: string | null,"created_at"?: string,"currency"?: string | null,"decided_at"?: string | null,"decision_reason"?: string | null,"estimated_value"?: number | null,"id"?: string,"notes"?: string | null,"opportunity_id"?: string | null,"organization_id": string,"outcome"?: string,"owner_id"?: string | null,"partner_id": string,"referred_at"?: string,"source"?: string,"status": string,"submitted_by"?: string | null,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "account_domain"?: string | null,"client_company"?: string | null,"client_email"?: string | null,"client_key"?: string | null,"client_name"?: string,"client_website"?: string | null,"created_at"?: string,"currency"?: string | null,"decided_at"?: string | null,"decision_reason"?: string | null,"estimated_value"?: number | null,"id"?: string,"notes"?: string | null,"opportunity_id"?: string | null,"organization_id"?: string,"outcome"?: string,"owner_id"?: string | null,"partner_id"?: string,"referred_at"?: string,"source"?: string,"status"?: string,"submitted_by"?: string | null,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "partner_referrals_opportunity_id_fkey"
      columns: ["organization_id","opportunity_id"]
isOneToOne: false
      referencedRelation: "opportunities"
      referencedColumns: ["organization_id","id"]
    },{
      foreignKeyName: "partner_referrals_organization_id_fkey"
      columns: ["organization_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "partner_referrals_owner_id_fkey"
      columns: ["organization_id","owner_id"]
isOneToOne: false
      referencedRelation: "memberships"
      referencedColumns: ["organization_id","user_id"]
    },{
      foreignKeyName: "partner_referrals_partner_id_fkey"
      columns: ["organization_id","partner_id"]
isOneToOne: false
      referencedRelation: "partners"
      referencedColumns: ["organization_id","id"]
    }
                  ]
                },"partner_resources": {
                  Row: {
                    "client_key": string | null,"created_at": string,"description": string | null,"document_type": string,"id": string,"organization_id": string,"owner_id": string | null,"partner_id": string | null,"published_at": string | null,"title": string,"updated_at": string,"url": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "client_key"?: string | null,"created_at"?: string,"description"?: string | null,"document_type": string,"id"?: string,"organization_id": string,"owner_id"?: string | null,"partner_id"?: string | null,"published_at"?: string | null,"title": string,"updated_at"?: string,"url": string,"version"?: number
                  }
                  Update: {
                    "client_key"?: string | null,"created_at"?: string,"description"?: string | null,"document_type"?: string,"id"?: string,"organization_id"?: string,"owner_id"?: string | null,"partner_id"?: string | null,"published_at"?: string | null,"title"?: string,"updated_at"?: string,"url"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "partner_resources_organization_id_fkey"
      columns: ["organization_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "partner_resources_owner_fkey"
      columns: ["organization_id","owner_id"]
isOneToOne: false
      referencedRelation: "memberships"
      referencedColumns: ["organization_id","user_id"]
    },{
      foreignKeyName: "partner_resources_partner_fkey"
      columns: ["organization_id","partner_id"]
isOneToOne: false
      referencedRelation: "partners"
      referencedColumns: ["organization_id","id"]
    }
                  ]
                },"partner_task_comments": {
                  Row: {
                    "author_id": string,"author_name": string | null,"body": string,"client_key": string | null,"created_at": string,"edited_at": string | null,"id": string,"is_from_partner": boolean,"is_shared": boolean,"organization_id": string,"partner_id": string,"task_id": string,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "author_id": string,"author_name"?: string | null,"body": string,"client_key"?: string | null,"created_at"?: string,"edited_at"?: string | null,"id"?: string,"is_from_partner"?: boolean,"is_shared"?: boolean,"organization_id": string,"partner_id": string,"task_id": string,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "author_id"?: string,"author_name"?: string | null,"body"?: string,"client_key"?: string | null,"created_at"?: string,"edited_at"?: string | null,"id"?: string,"is_from_partner"?: boolean,"is_shared"?: boolean,"organization_id"?: string,"partner_id"?: string,"task_id"?: string,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "partner_task_comments_organization_id_fkey"
      columns: ["organization_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "partner_task_comments_task_id_fkey"
      columns: ["organization_id","partner_id","task_id"]
isOneToOne: false
      referencedRelation: "partner_tasks"
      referencedColumns: ["organization_id","partner_id","id"]
    }
                  ]
                },"partner_tasks": {
                  Row: {
                    "assignee_id": string | null,"client_key": string | null,"completed_at": string | null,"created_at": string,"created_by": string | null,"description": string | null,"due_on": string | null,"id": string,"is_shared": boolean,"metadata": NonNullable<Json>,"organization_id": string,"partner_id": string,"priority": string | null,"status": string,"title": string,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "assignee_id"?: string | null,"client_key"?: string | null,"completed_at"?: string | null,"created_at"?: string,"created_by"?: string | null,"description"?: string | null,"due_on"?: string | null,"id"?: string,"is_shared"?: boolean,"metadata"?: NonNullable<Json>,"organization_id": string,"partner_id": string,"priority"?: string | null,"status"?: string,"title": string,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "assignee_id"?: string | null,"client_key"?: string | null,"completed_at"?: string | null,"created_at"?: string,"created_by"?: string | null,"description"?: string | null,"due_on"?: string | null,"id"?: string,"is_shared"?: boolean,"metadata"?: NonNullable<Json>,"organization_id"?: string,"partner_id"?: string,"priority"?: string | null,"status"?: string,"title"?: string,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "partner_tasks_assignee_id_fkey"
      columns: ["organization_id","assignee_id"]
isOneToOne: false
      referencedRelation: "memberships"
      referencedColumns: ["organization_id","user_id"]
    },{
      foreignKeyName: "partner_tasks_created_by_fkey"
      columns: ["organization_id","created_by"]
isOneToOne: false
      referencedRelation: "memberships"
      referencedColumns: ["organization_id","user_id"]
    },{
      foreignKeyName: "partner_tasks_organization_id_fkey"
      columns: ["organization_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "partner_tasks_partner_id_fkey"
      columns: ["organization_id","partner_id"]
isOneToOne: false
      referencedRelation: "partners"
      referencedColumns: ["organization_id","id"]
    }
                  ]
                },"partner_training": {
                  Row: {
                    "certificate_url": string | null,"client_key": string | null,"completed_at": string | null,"created_at": string,"due_on": string | null,"expires_on": string | null,"id": string,"organization_id": string,"partner_id": string,"partner_member_id": string | null,"person_name": string,"score": number | null,"status": string,"title": string,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "certificate_url"?: string | null,"client_key"?: string | null,"completed_at"?: string | null,"created_at"?: string,"due_on"?: string | null,"expires_on"?: string | null,"id"?: string,"organization_id": string,"partner_id": string,"partner_member_id"?: string | null,"person_name": string,"score"?: number | null,"status"?: string,"title": string,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "certificate_url"?: string | null,"client_key"?: string | null,"completed_at"?: string | null,"created_at"?: string,"due_on"?: string | null,"expires_on"?: string | null,"id"?: string,"organization_id"?: string,"partner_id"?: string,"partner_member_id"?: string | null,"person_name"?: string,"score"?: number | null,"status"?: string,"title"?: string,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "partner_training_organization_id_fkey"
      columns: ["organization_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "partner_training_partner_id_fkey"
      columns: ["organization_id","partner_id"]
isOneToOne: false
      referencedRelation: "partners"
      referencedColumns: ["organization_id","id"]
    },{
      foreignKeyName: "partner_training_partner_member_id_fkey"
      columns: ["organization_id","partner_id","partner_member_id"]
isOneToOne: false
      referencedRelation: "partner_members"
      referencedColumns: ["organization_id","partner_id","id"]
    }
                  ]
                },"partners": {
                  Row: {
                    "agreement_ends_on": string | null,"agreement_renews_on": string | null,"agreement_starts_on": string | null,"agreement_terms": string | null,"archived_at": string | null,"client_key": string | null,"created_at": string,"custom_fields": NonNullable<Json>,"domain": string | null,"id": string,"name": string,"notes": string | null,"organization_id": string,"owner_id": string | null,"primary_contact_email": string | null,"primary_contact_name": string | null,"primary_contact_phone": string | null,"primary_contact_role": string | null,"region": string | null,"relationship_health": number,"status": string,"tags": (string)[],"tier": string | null,"updated_at": string,"version": number,"website": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "agreement_ends_on"?: string | null,"agreement_renews_on"?: string | null,"agreement_starts_on"?: string | null,"agreement_terms"?: string | null,"archived_at"?: string | null,"client_key"?: string | null,"created_at"?: string,"custom_fields"?: NonNullable<Json>,"domain"?: string | null,"id"?: string,"name": string,"notes"?: string | null,"organization_id": string,"owner_id"?: string | null,"primary_contact_email"?: string | null,"primary_contact_name"?: string | null,"primary_contact_phone"?: string | null,"primary_contact_role"?: string | null,"region"?: string | null,"relationship_health"?: number,"status": string,"tags"?: (string)[],"tier"?: string | null,"updated_at"?: string,"version"?: number,"website"?: string | null
                  }
                  Update: {
                    "agreement_ends_on"?: string | null,"agreement_renews_on"?: string | null,"agreement_starts_on"?: string | null,"agreement_terms"?: string | null,"archived_at"?: string | null,"client_key"?: string | null,"created_at"?: string,"custom_fields"?: NonNullable<Json>,"domain"?: string | null,"id"?: string,"name"?: string,"notes"?: string | null,"organization_id"?: string,"owner_id"?: string | null,"primary_contact_email"?: string | null,"primary_contact_name"?: string | null,"primary_contact_phone"?: string | null,"primary_contact_role"?: string | null,"region"?: string | null,"relationship_health"?: number,"status"?: string,"tags"?: (string)[],"tier"?: string | null,"updated_at"?: string,"version"?: number,"website"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "partners_organization_id_fkey"
      columns: ["organization_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "partners_owner_id_fkey"
      columns: ["organization_id","owner_id"]
isOneToOne: false
      referencedRelation: "memberships"
      referencedColumns: ["organization_id","user_id"]
    }
                  ]
                },"permissions": {
                  Row: {
                    "area": string,"description": string,"for_platform_staff": boolean,"key": string,"label": string,"position": number,"supports_own": boolean
                  }
                  ComputedFields: never
                  Insert: {
                    "area": string,"description": string,"for_platform_staff"?: boolean,"key": string,"label": string,"position": number,"supports_own"?: boolean
                  }
                  Update: {
                    "area"?: string,"description"?: string,"for_platform_staff"?: boolean,"key"?: string,"label"?: string,"position"?: number,"supports_own"?: boolean
                  }
                  Relationships: [
                    
                  ]
                },"profiles": {
                  Row: {
                    "active_organization_id": string | null,"avatar_color": string,"created_at": string,"display_name": string,"email": string | null,"locale": string | null,"notification_preferences": NonNullable<Json>,"theme": string,"time_zone": string | null,"updated_at": string,"user_id": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "active_organization_id"?: string | null,"avatar_color": string,"created_at"?: string,"display_name": string,"email"?: string | null,"locale"?: string | null,"notification_preferences"?: NonNullable<Json>,"theme"?: string,"time_zone"?: string | null,"updated_at"?: string,"user_id": string,"version"?: number
                  }
                  Update: {
                    "active_organization_id"?: string | null,"avatar_color"?: string,"created_at"?: string,"display_name"?: string,"email"?: string | null,"locale"?: string | null,"notification_preferences"?: NonNullable<Json>,"theme"?: string,"time_zone"?: string | null,"updated_at"?: string,"user_id"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "profiles_active_organization_fkey"
      columns: ["active_organization_id","user_id"]
isOneToOne: false
      referencedRelation: "memberships"
      referencedColumns: ["organization_id","user_id"]
    }
                  ]
                },"role_permissions": {
                  Row: {
                    "organization_id": string,"permission": string,"role_id": string,"scope": string
                  }
                  ComputedFields: never
                  Insert: {
                    "organization_id": string,"permission": string,"role_id": string,"scope": string
                  }
                  Update: {
                    "organization_id"?: string,"permission"?: string,"role_id"?: string,"scope"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "role_permissions_permission_fkey"
      columns: ["permission"]
isOneToOne: false
      referencedRelation: "permissions"
      referencedColumns: ["key"]
    },{
      foreignKeyName: "role_permissions_role_fkey"
      columns: ["organization_id","role_id"]
isOneToOne: false
      referencedRelation: "roles"
      referencedColumns: ["organization_id","id"]
    }
                  ]
                },"roles": {
                  Row: {
                    "created_at": string,"description": string,"id": string,"is_built_in": boolean,"key": string,"name": string,"organization_id": string,"position": number,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"description"?: string,"id"?: string,"is_built_in"?: boolean,"key": string,"name": string,"organization_id": string,"position"?: number,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "created_at"?: string,"description"?: string,"id"?: string,"is_built_in"?: boolean,"key"?: string,"name"?: string,"organization_id"?: string,"position"?: number,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "roles_organization_id_fkey"
      columns: ["organization_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    }
                  ]
                },"saved_views": {
                  Row: {
                    "client_key": string | null,"created_at": string,"definition": NonNullable<Json>,"id": string,"is_shared": boolean,"name": string,"organization_id": string,"owner_id": string,"position": number,"surface": string,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "client_key"?: string | null,"created_at"?: string,"definition": NonNullable<Json>,"id"?: string,"is_shared"?: boolean,"name": string,"organization_id": string,"owner_id"?: string,"position"?: number,"surface"?: string,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "client_key"?: string | null,"created_at"?: string,"definition"?: NonNullable<Json>,"id"?: string,"is_shared"?: boolean,"name"?: string,"organization_id"?: string,"owner_id"?: string,"position"?: number,"surface"?: string,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "saved_views_organization_id_fkey"
      columns: ["organization_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "saved_views_owner_id_fkey"
      columns: ["organization_id","owner_id"]
isOneToOne: false
      referencedRelation: "memberships"
      referencedColumns: ["organization_id","user_id"]
    }
                  ]
                }
          }
          Views: {
            [_ in never]: never
          }
          Functions: {
            "accept_invitation":
{ Args: { "token": string }; Returns: Json
                           },
"accept_my_invitation":
{ Args: { "invitation": string }; Returns: Json
                           },
"advance_referral":
{ Args: { "organization": string,"reason"?: string,"referral": string,"seen_version": number,"status": string }; Returns: Json
                           },
"archive_partners":
{ Args: { "archive"?: boolean,"organization": string,"partners": (string)[] }; Returns: Json
                           },
"audit_chain_state":
{ Args: { "organization": string }; Returns: {
              "anchored": number,"anchored_at": string,"head": number,"oldest_unsealed": string,"sealed_at": string,"unsealed": number
            }[]
                           },
"audit_facets":
{ Args: { "organization": string }; Returns: Json
                           },
"audit_page":
{ Args: { "actions"?: (string)[],"actors"?: (string)[],"before_id"?: number,"organization": string,"page_size"?: number,"since"?: string,"subject"?: string,"tables"?: (string)[],"until"?: string }; Returns: {
              "action": string,"actor": string,"actor_id": string,"actor_name": string,"changes": Json,"id": number,"label": string,"occurred_at": string,"row_id": string,"sequence": number,"table_name": string,"txid": string
            }[]
                           },
"bulk_update_partners":
{ Args: { "changes": Json,"organization": string,"partners": (string)[] }; Returns: {
              "before": Json,"id": string,"version": number
            }[]
                           },
"change_member_role":
{ Args: { "member": string,"organization": string,"role": string,"seen_version": number }; Returns: Json
                           },
"changes_since":
{ Args: { "organization": string,"since"?: string }; Returns: Json
                           },
"close_platform_access":
{ Args: { "organization": string }; Returns: Json
                           },
"count_members":
{ Args: { "in_role"?: string,"member_status"?: string,"organization": string,"search"?: string }; Returns: number
                           },
"count_opportunities":
{ Args: { "filters"?: Json,"organization": string }; Returns: number
                           },
"count_partners":
{ Args: { "filters"?: Json,"organization": string }; Returns: number
                           },
"count_referrals":
{ Args: { "in_partner"?: string,"organization": string,"owned_by"?: string,"referral_outcome"?: string,"referral_status"?: string,"search"?: string }; Returns: number
                           },
"create_organization":
{ Args: { "organization_name": string }; Returns: string
                           },
"deactivate_member":
{ Args: { "member": string,"organization": string,"seen_version": number }; Returns: Json
                           },
"deal_conflict":
{ Args: { "organization": string,"registration": string }; Returns: {
              "decided_by": string,"decided_by_name": string,"partner_id": string,"partner_name": string,"protected_from": string,"protected_until": string,"reason": string,"referral_id": string,"registration_id": string
            }[]
                           },
"decide_deal_registration":
{ Args: { "approve": boolean,"organization": string,"reason"?: string,"registration": string,"seen_version": number }; Returns: Json
                           },
"delete_role":
{ Args: { "organization": string,"role": string,"seen_version": number }; Returns: Json
                           },
"end_session":
{ Args: { "session": string }; Returns: boolean
                           },
"erase_personal_data":
{ Args: { "also"?: (string)[],"person": string,"reason": string }; Returns: number
                           },
"finish_document_version":
{ Args: { "organization": string,"path": string }; Returns: number
                           },
"invite_member":
{ Args: { "address": string,"organization": string,"role": string }; Returns: Json
                           },
"invite_partner_member":
{ Args: { "address": string,"name": string,"organization": string,"partner": string }; Returns: Json
                           },
"leave_organization":
{ Args: { "organization": string }; Returns: Json
                           },
"link_referral":
{ Args: { "opportunity": string,"organization": string,"referral": string,"seen_version": number }; Returns: Json
                           },
"live_epoch":
{ Args: { "organization": string }; Returns: number
                           },
"members_page":
{ Args: { "backwards"?: boolean,"beside"?: string,"descending"?: boolean,"in_role"?: string,"member_status"?: string,"organization": string,"page_size"?: number,"search"?: string,"sort"?: string }; Returns: {
              "avatar_color": string,"display_name": string,"email": string,"joined_at": string,"role_id": string,"role_name": string,"status": string,"user_id": string,"version": number
            }[]
                           },
"move_opportunity":
{ Args: { "opportunity": string,"organization": string,"partner": string,"seen_version": number }; Returns: Json
                           },
"my_invitations":
{ Args: Record<PropertyKey, never>; Returns: {
              "expires_at": string,"invitation_id": string,"invited_by_name": string,"organization_name": string,"role_name": string
            }[]
                           },
"my_organizations":
{ Args: Record<PropertyKey, never>; Returns: {
              "is_active": boolean,"is_tenant": boolean,"live_cursor": string,"live_epoch": number,"membership_status": string,"name": string,"organization_id": string,"parent_id": string,"permissions": Json,"platform_access_until": string,"role_key": string,"role_name": string,"seat_limit": number,"slug": string,"subscription_tier": string
            }[]
                           },
"my_sessions":
{ Args: Record<PropertyKey, never>; Returns: {
              "created_at": string,"id": string,"ip": string,"is_current": boolean,"refreshed_at": string,"user_agent": string
            }[]
                           },
"open_platform_access":
{ Args: { "minutes": number,"organization": string,"reason": string }; Returns: Json
                           },
"opportunities_page":
{ Args: { "backwards"?: boolean,"beside"?: string,"descending"?: boolean,"filters"?: Json,"organization": string,"page_size"?: number,"sort"?: string }; Returns: {
              "client_key": string | null,
"closed_at": string | null,
"closes_on": string | null,
"created_at": string,
"currency": string | null,
"customer_id": string,
"expected_close_on": string | null,
"id": string,
"name": string,
"next_step": string | null,
"notes": string | null,
"organization_id": string,
"owner_id": string | null,
"partner_id": string | null,
"probability": number,
"reason": string | null,
"source": string | null,
"stage": string,
"status": string,
"updated_at": string,
"value": number | null,
"version": number
            }[]
                          SetofOptions: {
        from: "*"
        to: "opportunities"
        isOneToOne: false
        isSetofReturn: true
      } },
"orphaned_document_files":
{ Args: Record<PropertyKey, never>; Returns: string[]
                           },
"partner_figures":
{ Args: { "organization": string,"partner": string }; Returns: Json
                           },
"partner_summary":
{ Args: { "organization": string }; Returns: Json
                           },
"partner_timeline":
{ Args: { "actors"?: (string)[],"before_at"?: string,"before_id"?: number,"kinds"?: (string)[],"organization": string,"page_size"?: number,"partner"?: string,"since"?: string,"until"?: string }; Returns: {
              "actor": string,"actor_id": string,"actor_name": string,"after": Json,"before": Json,"details": Json,"id": number,"is_visible_to_partner": boolean,"kind": string,"occurred_at": string,"partner_id": string,"partner_name": string,"recorded_at": string,"subject_id": string,"subject_label": string,"subject_table": string
            }[]
                           },
"partners_page":
{ Args: { "backwards"?: boolean,"beside"?: string,"descending"?: boolean,"filters"?: Json,"organization": string,"page_size"?: number,"sort"?: string }; Returns: {
              "agreement_ends_on": string | null,
"agreement_renews_on": string | null,
"agreement_starts_on": string | null,
"agreement_terms": string | null,
"archived_at": string | null,
"client_key": string | null,
"created_at": string,
"custom_fields": NonNullable<Json>,
"domain": string | null,
"id": string,
"name": string,
"notes": string | null,
"organization_id": string,
"owner_id": string | null,
"primary_contact_email": string | null,
"primary_contact_name": string | null,
"primary_contact_phone": string | null,
"primary_contact_role": string | null,
"region": string | null,
"relationship_health": number,
"status": string,
"tags": (string)[],
"tier": string | null,
"updated_at": string,
"version": number,
"website": string | null
            }[]
                          SetofOptions: {
        from: "*"
        to: "partners"
        isOneToOne: false
        isSetofReturn: true
      } },
"pipeline_summary":
{ Args: { "organization": string,"partner"?: string }; Returns: {
              "currency": string,"deals": number,"status": string,"value": number,"weighted": number
            }[]
                           },
"platform_organizations":
{ Args: Record<PropertyKey, never>; Returns: {
              "access_until": string,"created_at": string,"is_active": boolean,"name": string,"organization_id": string,"parent_id": string,"seat_limit": number,"seats_taken": number,"slug": string,"subscription_tier": string
            }[]
                           },
"portal_activity":
{ Args: { "before_at"?: string,"before_event"?: string,"page_size"?: number,"partner": string }; Returns: {
              "actor_name": string,"id": string,"is_mine": boolean,"kind": string,"label": string,"occurred_at": string,"subject": string
            }[]
                           },
"portal_add_document":
{ Args: { "client_key"?: string,"document_type": string,"file_name": string,"mime_type": string,"partner": string,"size_bytes": number,"title": string }; Returns: Json
                           },
"portal_answer_task":
{ Args: { "client_key"?: string,"comment"?: string,"complete"?: boolean,"partner": string,"task": string }; Returns: Json
                           },
"portal_choices":
{ Args: { "partner": string }; Returns: {
              "key": string,"label": string,"list": string
            }[]
                           },
"portal_context":
{ Args: Record<PropertyKey, never>; Returns: {
              "joined_at": string,"member_name": string,"organization_name": string,"partner_id": string,"partner_name": string
            }[]
                           },
"portal_documents":
{ Args: { "after"?: string,"page_size"?: number,"partner": string }; Returns: {
              "created_at": string,"document_type": string,"file_name": string,"id": string,"is_from_partner": boolean,"mime_type": string,"size_bytes": number,"storage_path": string,"title": string,"updated_at": string,"url": string
            }[]
                           },
"portal_finish_document":
{ Args: { "partner": string,"path": string }; Returns: Json
                           },
"portal_partner":
{ Args: { "partner": string }; Returns: {
              "agreement_ends_on": string,"agreement_renews_on": string,"agreement_starts_on": string,"manager_name": string,"name": string,"partner_id": string,"primary_contact_email": string,"primary_contact_name": string,"primary_contact_phone": string,"primary_contact_role": string,"region": string,"status": string,"tier": string,"website": string
            }[]
                           },
"portal_referrals":
{ Args: { "after"?: string,"page_size"?: number,"partner": string }; Returns: {
              "client_company": string,"client_email": string,"client_name": string,"client_website": string,"currency": string,"decided_at": string,"estimated_value": number,"id": string,"outcome": string,"referred_at": string,"stage": string,"submitted_by_name": string
            }[]
                           },
"portal_registrations":
{ Args: { "partner": string }; Returns: {
              "account_domain": string,"account_name": string,"id": string,"product": string,"protected_until": string,"referral_id": string,"requested_at": string,"status": string
            }[]
                           },
"portal_request_registration":
{ Args: { "account"?: string,"partner": string,"product": string,"referral": string }; Returns: Json
                           },
"portal_resources":
{ Args: { "partner": string }; Returns: {
              "description": string,"document_type": string,"id": string,"published_at": string,"title": string,"url": string
            }[]
                           },
"portal_submit_referral":
{ Args: { "client_company"?: string,"client_email"?: string,"client_key"?: string,"client_name": string,"client_website"?: string,"currency"?: string,"estimated_value"?: number,"message"?: string,"partner": string }; Returns: Json
                           },
"portal_tasks":
{ Args: { "after"?: string,"page_size"?: number,"partner": string }; Returns: {
              "assignee_name": string,"comments": Json,"completed_at": string,"created_at": string,"description": string,"due_on": string,"id": string,"status": string,"title": string
            }[]
                           },
"portal_training":
{ Args: { "partner": string }; Returns: {
              "certificate_url": string,"completed_at": string,"due_on": string,"expires_on": string,"id": string,"person_name": string,"score": number,"status": string,"title": string
            }[]
                           },
"preview_configuration":
{ Args: { "category": string,"key": string,"organization": string,"reset"?: boolean,"value"?: Json }; Returns: Json
                           },
"reactivate_member":
{ Args: { "member": string,"organization": string,"seen_version": number }; Returns: Json
                           },
"record_audit_anchors":
{ Args: { "heads": Json,"place": string,"receipt"?: string }; Returns: number
                           },
"referrals_page":
{ Args: { "backwards"?: boolean,"beside"?: string,"descending"?: boolean,"in_partner"?: string,"organization": string,"owned_by"?: string,"page_size"?: number,"referral_outcome"?: string,"referral_status"?: string,"search"?: string,"sort"?: string }; Returns: {
              "account_domain": string,"client_company": string,"client_email": string,"client_name": string,"currency": string,"decided_at": string,"estimated_value": number,"id": string,"outcome": string,"owner_id": string,"owner_name": string,"partner_id": string,"partner_name": string,"referred_at": string,"source": string,"status": string,"version": number
            }[]
                           },
"remove_partner_member":
{ Args: { "member": string,"organization": string }; Returns: Json
                           },
"renew_invitation":
{ Args: { "invitation": string,"organization": string }; Returns: Json
                           },
"request_deal_registration":
{ Args: { "account"?: string,"organization": string,"product": string,"referral": string }; Returns: Json
                           },
"reset_role":
{ Args: { "organization": string,"role": string,"seen_version": number }; Returns: Json
                           },
"resolved_configuration":
{ Args: { "category"?: string,"organization": string }; Returns: {
              "category": string,"help": string,"inherited_source": string,"inherited_value": Json,"is_required": boolean,"key": string,"label": string,"position": number,"schema": Json,"source": string,"updated_at": string,"updated_by": string,"value": Json,"value_type": string,"version": number
            }[]
                           },
"revoke_invitation":
{ Args: { "invitation": string,"organization": string }; Returns: Json
                           },
"save_role":
{ Args: { "organization": string,"role": string,"role_description": string,"role_name": string,"role_permissions": Json,"seen_version": number }; Returns: Json
                           },
"set_organization_active":
{ Args: { "active": boolean,"organization": string,"reason": string }; Returns: Json
                           },
"set_subscription":
{ Args: { "organization": string,"seats": number,"tier": string }; Returns: Json
                           },
"stack_health":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"start_document_version":
{ Args: { "document": string,"file_name": string,"mime_type": string,"note"?: string,"organization": string,"size_bytes": number }; Returns: string
                           },
"timeline_facets":
{ Args: { "organization": string }; Returns: Json
                           },
"unanchored_audit_heads":
{ Args: { "most"?: number }; Returns: {
              "hash": string,"organization_id": string,"sealed_at": string,"sequence": number
            }[]
                           },
"verify_audit_log":
{ Args: { "after_sequence"?: number,"most_rows"?: number,"organization": string }; Returns: {
              "bad_audit_id": number,"bad_sequence": number,"checked": number,"head": number,"ok": boolean,"oldest_unsealed": string,"reason": string,"unsealed": number,"verified_up_to": number
            }[]
                           },
"withdraw_deal_registration":
{ Args: { "organization": string,"reason"?: string,"registration": string,"seen_version": number }; Returns: Json
                           }
          }
          Enums: {
            [_ in never]: never
          }
          CompositeTypes: {
            [_ in never]: never
          }
        }
}

type DatabaseWithoutInternals = Omit<Database, '__InternalSupabase'>

type DefaultSchema = DatabaseWithoutInternals[Extract<keyof Database, "public">]

export type Tables<
  DefaultSchemaTableNameOrOptions extends
    | keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
        DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])
    : never = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
      DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])[TableName] extends {
      Row: infer R
    }
    ? R
    : never
  : DefaultSchemaTableNameOrOptions extends keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
  ? (DefaultSchema["Tables"] & DefaultSchema["Views"])[DefaultSchemaTableNameOrOptions] extends {
      Row: infer R
    }
    ? R
    : never
  : never

export type TablesInsert<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Insert: infer I
    }
    ? I
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
  ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
      Insert: infer I
    }
    ? I
    : never
  : never

export type TablesUpdate<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Update: infer U
    }
    ? U
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
  ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
      Update: infer U
    }
    ? U
    : never
  : never

export type Enums<
  DefaultSchemaEnumNameOrOptions extends
    | keyof DefaultSchema["Enums"]
    | { schema: keyof DatabaseWithoutInternals },
  EnumName extends DefaultSchemaEnumNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"]
    : never = never
> = DefaultSchemaEnumNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"][EnumName]
  : DefaultSchemaEnumNameOrOptions extends keyof DefaultSchema["Enums"]
  ? DefaultSchema["Enums"][DefaultSchemaEnumNameOrOptions]
  : never

export type CompositeTypes<
  PublicCompositeTypeNameOrOptions extends
    | keyof DefaultSchema["CompositeTypes"]
    | { schema: keyof DatabaseWithoutInternals },
  CompositeTypeName extends PublicCompositeTypeNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"]
    : never = never
> = PublicCompositeTypeNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"][CompositeTypeName]
  : PublicCompositeTypeNameOrOptions extends keyof DefaultSchema["CompositeTypes"]
  ? DefaultSchema["CompositeTypes"][PublicCompositeTypeNameOrOptions]
  : never

export const Constants = {
  "public": {
          Enums: {
            
          }
        }
} as const
