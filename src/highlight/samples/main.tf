terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

variable "region" {
  type    = string
  default = "eu-central-1"
}

resource "aws_s3_bucket" "artifacts" {
  bucket = "artifacts-${var.region}" # one in each region
  count  = length(var.zones) > 0 ? 1 : 0
  tags = {
    Team = "platform"
  }
}
